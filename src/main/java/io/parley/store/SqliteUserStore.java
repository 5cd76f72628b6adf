package io.parley.store;

import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.identity.UserStore;
import io.parley.room.Write;
import io.parley.room.Written;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Users and sessions in the same database as the logs; what is written goes through the committer. Thread-safe. */
final class SqliteUserStore implements UserStore {
    private static final String BY_SESSION = "SELECT u.public_id, u.name, u.kind, u.last_used"
            + " FROM session s JOIN user_account u ON u.id = s.user WHERE s.hash = ? AND s.revoked IS NULL";
    private static final String HOLDER = "SELECT public_id, kind, last_used FROM user_account WHERE folded = ?";
    private static final String HOLDERS =
            "SELECT public_id, kind, last_used FROM user_account WHERE folded = ? OR looks = ?";
    private static final String BY_ID = "SELECT public_id, name, kind FROM user_account WHERE public_id = ?";
    private static final String REVOKED = "SELECT hash FROM session WHERE revoked IS NOT NULL";
    private static final String SESSIONS =
            "SELECT s.hash FROM session s JOIN user_account u ON u.id = s.user WHERE u.public_id = ?";

    private final SqliteReaders readers;
    private final byte[] tokenKey;
    private final Function<Write, CompletionStage<Written>> committer;

    SqliteUserStore(SqliteReaders readers, byte[] tokenKey, Function<Write, CompletionStage<Written>> committer) {
        this.readers = readers;
        this.tokenKey = tokenKey.clone();
        this.committer = committer;
    }

    @Override
    public byte[] tokenKey() {
        return tokenKey.clone();
    }

    @Override
    public Optional<StoredUser> bySession(SessionHash hash) {
        return readers.read(connection -> {
            PreparedStatement select = connection.prepared(BY_SESSION);
            select.setBytes(1, hash.bytes());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new StoredUser(
                                UserRows.user(rows.getString(1), rows.getString(2), rows.getInt(3)),
                                Instant.ofEpochMilli(rows.getLong(4))))
                        : Optional.empty();
            }
        });
    }

    @Override
    public Set<UserId> holdersOf(UserName name, Instant now) {
        return readers.read(connection -> {
            PreparedStatement select = connection.prepared(HOLDERS);
            select.setString(1, name.folded());
            select.setString(2, name.looks());
            Set<UserId> holders = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (Authors.isHeld(rows.getInt(2), rows.getLong(3), now)) {
                        holders.add(new UserId(rows.getString(1)));
                    }
                }
            }
            return holders;
        });
    }

    @Override
    public Optional<UserId> holderOf(UserName name, Instant now) {
        return readers.read(connection -> {
            PreparedStatement select = connection.prepared(HOLDER);
            select.setString(1, name.folded());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() && Authors.isHeld(rows.getInt(2), rows.getLong(3), now)
                        ? Optional.of(new UserId(rows.getString(1)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public Set<SessionHash> revoked() {
        return readers.read(connection -> hashes(connection.prepared(REVOKED)));
    }

    @Override
    public Optional<User> byId(UserId id) {
        return readers.read(connection -> {
            PreparedStatement select = connection.prepared(BY_ID);
            select.setString(1, id.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(UserRows.user(rows.getString(1), rows.getString(2), rows.getInt(3)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public Set<SessionHash> sessions(UserId user) {
        return readers.read(connection -> {
            PreparedStatement select = connection.prepared(SESSIONS);
            select.setString(1, user.value());
            return hashes(select);
        });
    }

    @Override
    public CompletionStage<Boolean> revoke(User user, Optional<SessionHash> session) {
        return committer.apply(new Write.Revoke(user, session)).thenApply(Written.Done.class::isInstance);
    }

    @Override
    public CompletionStage<Boolean> rename(UserId user, UserName name, Instant at) {
        return committer.apply(new Write.Rename(user, name)).thenApply(SqliteUserStore::renamed);
    }

    @Override
    public void touch(UserId user, Instant at) {
        // Lost with a failing store; the next login asks again.
        CompletionStage<Written> unused = committer.apply(new Write.Touch(user));
    }

    private static Set<SessionHash> hashes(PreparedStatement select) throws SQLException {
        Set<SessionHash> found = new HashSet<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new SessionHash(rows.getBytes(1)));
            }
        }
        return found;
    }

    private static boolean renamed(Written written) {
        if (written instanceof Written.Refused refused) {
            if (refused.reason() == Written.Reason.NAME_HELD) {
                return false;
            }
            if (refused.reason() == Written.Reason.UNAVAILABLE) {
                throw new RejectedExecutionException("no writes are taken");
            }
            throw new IllegalStateException("a name could not be stored: " + refused.reason());
        }
        return true;
    }
}
