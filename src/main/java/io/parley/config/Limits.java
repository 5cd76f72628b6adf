package io.parley.config;

/**
 * The bounds of everything that a peer can make grow. Immutable.
 *
 * <p>Each component is a setting {@code parley.limits.NAME}; {@code SettingsLoader} knows what each may be set to. The
 * relations that the rest of the program relies on are asserted here, once.
 *
 * @param textLength longest text of a message, in UTF-16 code units
 * @param frameBytes longest frame taken from a client, in bytes
 * @param jsonDepth deepest nesting of a JSON object taken from a client
 * @param rooms rooms that one connection may have joined
 * @param page most messages or entries in one page
 * @param presenceList longest list of present people that is spelt out
 * @param receipts largest room, in members, whose read marks are sent around
 * @param postsPerSecond posts that one user may make per second, sustained
 * @param postsBurst posts that one user may make at once after a pause
 * @param pending commands of one connection that may be unanswered
 * @param connectionsPerAddress connections that one remote address may hold
 * @param connections connections in all
 * @param httpConnectionsPerAddress connections to the embedded server from one remote address that are no WebSockets, or not yet
 * @param httpConnections such connections in all
 * @param bodyBytes memory for the bodies of requests to the embedded server that are not whole yet, all together, in bytes
 * @param queuedWrites writes that may wait for the committer, in entries; more are refused as {@code unavailable}
 * @param groupEntries most entries in one commit
 * @param groupBytes most text in one commit, in bytes
 * @param batchBytes most that is joined into one frame, in bytes
 * @param tailBytes memory for the newest entries of all rooms together, in bytes
 * @param writeTimeoutSeconds how long one write to a client may take
 * @param pingSeconds how often the server pings a silent client
 * @param helloSeconds how long a {@code superchat} client may say nothing after the handshake
 */
public record Limits(
        int textLength,
        int frameBytes,
        int jsonDepth,
        int rooms,
        int page,
        int presenceList,
        int receipts,
        int postsPerSecond,
        int postsBurst,
        int pending,
        int connectionsPerAddress,
        int connections,
        int httpConnectionsPerAddress,
        int httpConnections,
        int bodyBytes,
        int queuedWrites,
        int groupEntries,
        int groupBytes,
        int batchBytes,
        int tailBytes,
        int writeTimeoutSeconds,
        int pingSeconds,
        int helloSeconds) {

    public Limits {
        require(frameBytes >= 4 * textLength, "frameBytes must hold a text of textLength: at least 4 * textLength");
        require(batchBytes >= frameBytes / 2, "batchBytes must be at least half of frameBytes");
        require(groupEntries <= queuedWrites, "groupEntries must not exceed queuedWrites");
        require(postsBurst >= postsPerSecond, "postsBurst must be at least postsPerSecond");
        require(connectionsPerAddress <= connections, "connectionsPerAddress must not exceed connections");
        require(
                httpConnectionsPerAddress <= httpConnections,
                "httpConnectionsPerAddress must not exceed httpConnections");
    }

    /** The limits that hold when nothing is set. */
    public static Limits defaults() {
        return new Limits(
                8_000,
                128 * 1024,
                32,
                1_000,
                200,
                100,
                100,
                10,
                40,
                64,
                1_000,
                100_000,
                1_000,
                10_000,
                16 * 1024 * 1024,
                10_000,
                1_000,
                1024 * 1024,
                64 * 1024,
                64 * 1024 * 1024,
                30,
                25,
                10);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
