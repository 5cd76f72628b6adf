package io.parley.store;

import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomLog.HeadMove;
import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.KeyUse;
import io.parley.room.RoomLog.NewEntry;
import io.parley.room.RoomLogException;
import io.parley.room.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.LongConsumer;

/** A transaction on the one connection that writes. Confined to the committer's thread. */
final class SqliteTransaction implements RoomLog.Transaction {
    private static final Logger LOG = System.getLogger(SqliteTransaction.class.getName());

    private static final int FIXED_PAGES = 4;
    private static final String MOVE_HEAD = "UPDATE room SET head = ?, messages = ?, touched = ? WHERE id = ?";

    /** Collaborators of every transaction. */
    record Tables(RoomRows rooms, Authors authors) {}

    private enum State {
        OPEN,
        /** A statement failed; only closing is left. */
        FAILED,
        COMMITTED,
        CLOSED
    }

    private final SqliteWriter writer;
    private final SqliteConnection connection;
    private final Tables tables;
    private final LongConsumer whenCommitted;
    /** About how many pages the write-ahead log grows by. */
    private long pages = FIXED_PAGES;

    private State state = State.OPEN;
    private boolean connectionIsGood = true;

    SqliteTransaction(SqliteWriter writer, Tables tables, LongConsumer whenCommitted) {
        this.writer = writer;
        this.tables = tables;
        this.whenCommitted = whenCommitted;
        this.connection = writer.begin();
    }

    @Override
    public RoomInfo open(RoomName name, Instant at) {
        return doing("a room could not be made", () -> {
            Optional<RoomInfo> known = tables.rooms.byName(connection, name);
            if (known.isPresent()) {
                return known.get();
            }
            tables.rooms.insertPublic(connection, name, at);
            return tables.rooms.byName(connection, name).orElseThrow();
        });
    }

    @Override
    public Map<RoomId, RoomInfo> lock(SortedSet<RoomId> rooms) {
        return doing("rooms could not be read", () -> {
            Map<RoomId, RoomInfo> found = new HashMap<>();
            for (RoomId id : rooms) {
                tables.rooms.byId(connection, id).ifPresent(info -> found.put(id, info));
            }
            return found;
        });
    }

    @Override
    public long author(User user, Optional<SessionHash> session, Instant at) {
        return doing("an author could not be stored", () -> tables.authors.author(connection, user, session, at));
    }

    @Override
    public Map<KeyRef, KeyUse> keys(Collection<KeyRef> keys) {
        return doing("keys could not be looked up", () -> KeyRows.uses(connection, keys));
    }

    @Override
    public void append(List<NewEntry> entries) {
        doing("entries could not be stored", () -> {
            PreparedStatement insert = connection.prepared(EntryRows.INSERT);
            try {
                for (NewEntry entry : entries) {
                    EntryRows.addTo(insert, entry);
                    pages += 1 + entry.entry().weight() / Database.PAGE_BYTES;
                }
                insert.executeBatch();
            } finally {
                // What a failure leaves in it must not get into the next transaction.
                insert.clearBatch();
            }
            return entries;
        });
    }

    @Override
    public void moveHeads(Collection<HeadMove> moves) {
        doing("heads could not be moved", () -> {
            PreparedStatement update = connection.prepared(MOVE_HEAD);
            for (HeadMove move : moves) {
                update.setLong(1, move.head());
                update.setLong(2, move.messages());
                update.setLong(3, move.touched().toEpochMilli());
                update.setLong(4, move.room().value());
                update.executeUpdate();
            }
            pages += 2L * moves.size();
            return moves;
        });
    }

    @Override
    public boolean rename(UserId user, UserName name, Instant at) {
        return doing("a user could not be renamed", () -> tables.authors.rename(connection, user, name, at));
    }

    @Override
    public void touch(UserId user, Instant at) {
        doing("a session could not be kept", () -> {
            tables.authors.touch(connection, user, at);
            return user;
        });
    }

    @Override
    public void revoke(User user, Optional<SessionHash> session, Instant at) {
        doing("sessions could not be revoked", () -> {
            tables.authors.revoke(connection, user, session, at);
            return user;
        });
    }

    @Override
    public void commit() {
        requireOpen();
        try {
            connection.commit();
            state = State.COMMITTED;
        } catch (SQLException e) {
            state = State.FAILED;
            connectionIsGood = false;
            throw afterFailedCommit(e);
        }
        tables.authors.committed();
        whenCommitted.accept(pages);
    }

    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        try {
            if (state != State.COMMITTED) {
                tables.authors.rolledBack();
                if (connectionIsGood) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            // Closing the connection rolls back as well.
            connectionIsGood = false;
            LOG.log(Level.DEBUG, "a transaction was not there to be rolled back", e);
        } finally {
            state = State.CLOSED;
            writer.end(connectionIsGood);
        }
    }

    /** Nothing was written if there is still a transaction to roll back; else SQLite ended it, and nobody can say which way. */
    private RoomLogException afterFailedCommit(SQLException e) {
        try {
            connection.rollback();
        } catch (SQLException none) {
            e.addSuppressed(none);
            return Faults.unknown(e);
        }
        return Faults.of("a transaction could not be committed", e);
    }

    private <T> T doing(String whatFails, Work<T> work) {
        requireOpen();
        try {
            return work.run();
        } catch (SQLException e) {
            state = State.FAILED;
            // The driver has thrown away the statement that failed, but for a constraint.
            connectionIsGood = Faults.isConstraint(e);
            throw Faults.of(whatFails, e);
        }
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException("this transaction is " + state);
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }
}
