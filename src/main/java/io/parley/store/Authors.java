package io.parley.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.identity.Pass;
import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.identity.UserStore;
import io.parley.room.NameHeldException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Users as the committer sees them: their numbers, and who holds which name. Confined to whoever has the turn to write.
 *
 * <p>Numbers never change, so they are remembered; those given in a transaction that was not committed are forgotten again.
 */
final class Authors {
    private static final int MOST_REMEMBERED = 100_000;

    private static final String NUMBER = "SELECT id FROM user_account WHERE public_id = ?";
    private static final String HOLDER = "SELECT id, kind, last_used FROM user_account WHERE folded = ? OR looks = ?";
    private static final String GIVE_UP_NAME = "UPDATE user_account SET folded = NULL, looks = NULL WHERE id = ?";
    private static final String INSERT_USER =
            "INSERT INTO user_account (public_id, name, folded, looks, kind, created, last_used) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_SESSION =
            "INSERT INTO session (hash, user, created, last_used) VALUES (?, ?, ?, ?)";
    private static final String RENAME =
            "UPDATE user_account SET name = ?, folded = ?, looks = ?, last_used = ? WHERE id = ?";
    private static final String TOUCH_USER = "UPDATE user_account SET last_used = max(last_used, ?) WHERE id = ?";
    private static final String TOUCH_SESSIONS =
            "UPDATE session SET last_used = max(last_used, ?) WHERE user = ? AND revoked IS NULL";

    private static final String REVOKE = "UPDATE session SET revoked = ? WHERE user = ? AND revoked IS NULL";

    // On the caller's thread: the common pool's would hold this class loader.
    private final Cache<UserId, Long> numbers = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .executor(Runnable::run)
            .build();
    private final List<UserId> uncommitted = new ArrayList<>();

    /** The user's number; one who is new is stored. */
    long author(SqliteConnection connection, User user, Optional<SessionHash> session, Instant at) throws SQLException {
        @Nullable Long known = number(connection, user.id());
        if (known != null) {
            return known;
        }
        claim(connection, user.name(), 0, at);
        long number = insert(connection, user, at);
        if (session.isPresent()) {
            insertSession(connection, session.get(), number, at);
        }
        uncommitted.add(user.id());
        numbers.put(user.id(), number);
        return number;
    }

    boolean rename(SqliteConnection connection, UserId user, UserName name, Instant at) throws SQLException {
        @Nullable Long number = number(connection, user);
        if (number == null) {
            return false;
        }
        claim(connection, name, number, at);
        PreparedStatement update = connection.prepared(RENAME);
        update.setString(1, name.value());
        update.setString(2, name.folded());
        update.setString(3, name.looks());
        update.setLong(4, at.toEpochMilli());
        update.setLong(5, number);
        update.executeUpdate();
        return true;
    }

    /** The user's number; empty for one who is not stored. */
    OptionalLong known(SqliteConnection connection, UserId user) throws SQLException {
        @Nullable Long number = number(connection, user);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    void touch(SqliteConnection connection, UserId user, Instant at) throws SQLException {
        @Nullable Long number = number(connection, user);
        if (number == null) {
            return;
        }
        for (String sql : List.of(TOUCH_USER, TOUCH_SESSIONS)) {
            PreparedStatement update = connection.prepared(sql);
            update.setLong(1, at.toEpochMilli());
            update.setLong(2, number);
            update.executeUpdate();
        }
    }

    void revoke(SqliteConnection connection, User user, Optional<SessionHash> session, Instant at) throws SQLException {
        long number = author(connection, user, session, at);
        PreparedStatement update = connection.prepared(REVOKE);
        update.setLong(1, at.toEpochMilli());
        update.setLong(2, number);
        update.executeUpdate();
    }

    void issue(SqliteConnection connection, Pass pass, Instant at) throws SQLException {
        long number = author(connection, pass.user(), Optional.empty(), at);
        insertSession(connection, pass.hash(), number, at);
        PassRows.insert(connection, pass);
    }

    void committed() {
        uncommitted.clear();
    }

    void rolledBack() {
        numbers.invalidateAll(uncommitted);
        uncommitted.clear();
    }

    /** Sees to it that nobody but {@code claimant} holds the name, or one that looks like it. */
    private static void claim(SqliteConnection connection, UserName name, long claimant, Instant at)
            throws SQLException {
        PreparedStatement select = connection.prepared(HOLDER);
        select.setString(1, name.folded());
        select.setString(2, name.looks());
        List<Long> gone = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (rows.getLong(1) == claimant) {
                    continue;
                }
                if (isHeld(rows.getInt(2), rows.getLong(3), at)) {
                    throw new NameHeldException();
                }
                gone.add(rows.getLong(1));
            }
        }
        for (long holder : gone) {
            PreparedStatement update = connection.prepared(GIVE_UP_NAME);
            update.setLong(1, holder);
            update.executeUpdate();
        }
    }

    /** Whether somebody of that kind, last seen then, still holds their name. */
    static boolean isHeld(int kind, long lastUsedMillis, Instant now) {
        return !UserRows.isGuest(kind)
                || Instant.ofEpochMilli(lastUsedMillis)
                        .plus(UserStore.NAME_HELD)
                        .isAfter(now);
    }

    private @Nullable Long number(SqliteConnection connection, UserId user) throws SQLException {
        @Nullable Long known = numbers.getIfPresent(user);
        if (known != null) {
            return known;
        }
        PreparedStatement select = connection.prepared(NUMBER);
        select.setString(1, user.value());
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            long number = rows.getLong(1);
            numbers.put(user, number);
            return number;
        }
    }

    private static long insert(SqliteConnection connection, User user, Instant at) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT_USER);
        insert.setString(1, user.id().value());
        insert.setString(2, user.name().value());
        insert.setString(3, user.name().folded());
        insert.setString(4, user.name().looks());
        insert.setInt(5, UserRows.kind(user));
        insert.setLong(6, at.toEpochMilli());
        insert.setLong(7, at.toEpochMilli());
        insert.executeUpdate();
        try (ResultSet rows = connection.prepared("SELECT last_insert_rowid()").executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void insertSession(SqliteConnection connection, SessionHash session, long user, Instant at)
            throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT_SESSION);
        insert.setBytes(1, session.bytes());
        insert.setLong(2, user);
        insert.setLong(3, at.toEpochMilli());
        insert.setLong(4, at.toEpochMilli());
        insert.executeUpdate();
    }
}
