package io.parley.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;

/** What one database keeps about itself: made once, the same at every start. Immutable. */
final class Installation {
    private static final String SELECT = "SELECT value FROM meta WHERE name = ?";
    private static final String INSERT = "INSERT INTO meta (name, value) VALUES (?, ?)";

    private static final int INCARNATION_BYTES = 16;
    private static final int TOKEN_KEY_BYTES = 32;
    private static final int EPOCH_BYTES = 6;

    private final byte[] incarnation;
    private final byte[] tokenKey;
    private final byte[] keySecret;

    private Installation(byte[] incarnation, byte[] tokenKey, byte[] keySecret) {
        this.incarnation = incarnation;
        this.tokenKey = tokenKey;
        this.keySecret = keySecret;
    }

    /** Reads it, or makes it in a database that is new. */
    static Installation of(SqliteConnection connection, Clock clock, SecureRandom random) throws SQLException {
        connection.beginWriting();
        if (value(connection, "incarnation").isEmpty()) {
            insert(connection, "incarnation", randomBytes(random, INCARNATION_BYTES));
            insert(connection, "token_key", randomBytes(random, TOKEN_KEY_BYTES));
            insert(connection, "key_secret", randomBytes(random, KeyHash.SECRET_BYTES));
            insert(connection, "created_by", version().getBytes(StandardCharsets.UTF_8));
            insert(
                    connection,
                    "created_at",
                    ByteBuffer.allocate(Long.BYTES).putLong(clock.millis()).array());
        }
        Installation installation = new Installation(
                value(connection, "incarnation").orElseThrow(),
                value(connection, "token_key").orElseThrow(),
                value(connection, "key_secret").orElseThrow());
        connection.commit();
        return installation;
    }

    /** The half that the epochs of all rooms share, in base64url. */
    String epochPart() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(incarnation, EPOCH_BYTES));
    }

    /** A copy of the secret that guests' tokens are signed with. */
    byte[] tokenKey() {
        return tokenKey.clone();
    }

    /** A copy of the secret that goes into the hashes of message keys. */
    byte[] keySecret() {
        return keySecret.clone();
    }

    private static Optional<byte[]> value(SqliteConnection connection, String name) throws SQLException {
        PreparedStatement select = connection.prepared(SELECT);
        select.setString(1, name);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
        }
    }

    private static void insert(SqliteConnection connection, String name, byte[] value) throws SQLException {
        PreparedStatement insert = connection.prepared(INSERT);
        insert.setString(1, name);
        insert.setBytes(2, value);
        insert.executeUpdate();
    }

    private static byte[] randomBytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String version() {
        try (InputStream in = Installation.class.getResourceAsStream("/io/parley/version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
