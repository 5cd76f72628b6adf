package io.parley.store;

import io.parley.identity.Pass;
import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.room.Emoji;
import io.parley.room.Entry;
import io.parley.room.HookId;
import io.parley.room.OutgoingHook;
import io.parley.room.Position;
import io.parley.room.ReadMark;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomLog.HeadMove;
import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.KeyUse;
import io.parley.room.RoomLog.NewEntry;
import io.parley.room.RoomLog.Reacted;
import io.parley.room.RoomLog.Target;
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

/** A transaction on the one connection that writes. Confined to the committer's thread. */
final class SqliteTransaction implements RoomLog.Transaction {
    private static final Logger LOG = System.getLogger(SqliteTransaction.class.getName());

    private static final int FIXED_PAGES = 4;
    private static final String MOVE_HEAD = "UPDATE room SET head = ?, messages = ?, touched = ? WHERE id = ?";

    private static final String PROBE = "INSERT OR REPLACE INTO meta (name, value) VALUES ('probe', randomblob(65536))";

    /** Collaborators of every transaction. */
    record Tables(RoomRows rooms, Authors authors, KeyIndex keys) {}

    /** Is told of each commit on the committer's thread; must not block. */
    interface WhenCommitted {
        /**
         * A transaction was committed.
         *
         * @param pages about how many pages the write-ahead log grew by
         * @param erased whether something was erased
         */
        void committed(long pages, boolean erased);
    }

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
    private final WhenCommitted whenCommitted;
    /** About how many pages the write-ahead log grows by. */
    private long pages = FIXED_PAGES;
    /** Whether it takes something out of the database that must not stay in the write-ahead log either. */
    private boolean erases;

    private State state = State.OPEN;
    private boolean connectionIsGood = true;

    SqliteTransaction(SqliteWriter writer, Tables tables, WhenCommitted whenCommitted) {
        this.writer = writer;
        this.tables = tables;
        this.whenCommitted = whenCommitted;
        this.connection = writer.begin();
        try {
            tables.keys.begin(connection);
        } catch (SQLException e) {
            writer.end(false);
            throw Faults.of("the newest keys could not be read", e);
        } catch (RuntimeException | Error e) {
            // Nobody else may write before this turn has ended.
            writer.end(false);
            throw e;
        }
    }

    @Override
    public RoomInfo open(RoomName name, UserId maker, Instant at) {
        return doing("a room could not be made", () -> {
            Optional<RoomInfo> known = tables.rooms.byName(connection, name);
            if (known.isPresent()) {
                return known.get();
            }
            tables.rooms.insertPublic(connection, name, maker, at);
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
        return doing("keys could not be looked up", () -> tables.keys.uses(connection, keys));
    }

    @Override
    public Optional<UserId> maker(RoomId room) {
        return doing("a room's maker could not be read", () -> tables.rooms.maker(connection, room));
    }

    @Override
    public Optional<Target> target(RoomId room, long seq) {
        return doing("a message could not be read", () -> StandingRows.target(connection, room, seq));
    }

    @Override
    public Optional<Reacted> reacted(RoomId room, long of, long author, Emoji emoji) {
        return doing("a reaction could not be read", () -> StandingRows.reacted(connection, room, of, author, emoji));
    }

    @Override
    public boolean bears(RoomId room, long of, Emoji emoji) {
        return doing("reactions could not be read", () -> StandingRows.bears(connection, room, of, emoji));
    }

    @Override
    public void append(List<NewEntry> entries) {
        doing("entries could not be stored", () -> {
            for (NewEntry entry : entries) {
                EntryRows.insert(connection, entry, tables.keys);
                pages += 1 + entry.entry().weight() / Database.PAGE_BYTES;
            }
            for (NewEntry entry : entries) {
                pages += MemberRows.addMentions(connection, entry);
                StandingRows.take(connection, entry);
                erases |= entry.entry() instanceof Entry.Delete;
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
    public ReadMark read(UserId user, RoomId room, long seq) {
        return doing("a read mark could not be moved", () -> {
            pages++;
            return MemberRows.read(connection, tables.authors.known(connection, user), room, seq);
        });
    }

    @Override
    public void touch(UserId user, Instant at) {
        doing("a session could not be kept", () -> {
            tables.authors.touch(connection, user, at);
            return user;
        });
    }

    @Override
    public void probe() {
        doing("there is no room for a write", () -> connection.prepared(PROBE).executeUpdate());
    }

    @Override
    public void revoke(User user, Optional<SessionHash> session, Instant at) {
        doing("sessions could not be revoked", () -> {
            tables.authors.revoke(connection, user, session, at);
            return user;
        });
    }

    @Override
    public void issue(Pass pass, Instant at) {
        doing("a pass could not be stored", () -> {
            tables.authors.issue(connection, pass, at);
            return pass;
        });
    }

    @Override
    public void addHook(OutgoingHook hook) {
        doing("a webhook could not be stored", () -> HookRows.insert(connection, hook));
    }

    @Override
    public void moveHooks(Map<HookId, Position> positions) {
        doing("webhooks could not be moved", () -> {
            pages += positions.size();
            return HookRows.move(connection, positions);
        });
    }

    @Override
    public void endHook(HookId hook) {
        doing("a webhook could not be ended", () -> {
            erases = true;
            return HookRows.delete(connection, hook);
        });
    }

    @Override
    public void commit() {
        doing("keys could not be stored", () -> {
            pages += tables.keys.write(connection);
            return pages;
        });
        try {
            connection.commit();
            state = State.COMMITTED;
        } catch (SQLException e) {
            state = State.FAILED;
            connectionIsGood = false;
            throw afterFailedCommit(e);
        }
        tables.authors.committed();
        tables.keys.committed();
        whenCommitted.committed(pages, erases);
    }

    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        try {
            if (state != State.COMMITTED) {
                tables.authors.rolledBack();
                tables.keys.rolledBack();
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
