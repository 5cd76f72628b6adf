package io.parley.bench;

import java.util.List;

/** How a server is talked to over WebSocket. Stateless. */
interface Dialect {
    /** What a line is that the server sent. */
    enum Line {
        MESSAGE,
        /** The connection is in its room, or is ready to post. */
        READY,
        ACKNOWLEDGED,
        /** To be answered with {@link #pong}. */
        PING,
        /** Of no interest: who is present and the like. */
        OTHER
    }

    /** Path and query of the handshake. */
    String address(String room);

    /** Header lines to add to the handshake, each with its end. */
    default String headers() {
        return "";
    }

    /** What to send after the handshake; when it is nothing, whoever answers a ping is ready. */
    List<String> opening(String room, Role role);

    /** What makes the server post a text. */
    String post(String room, String text, long id);

    /**
     * Says what a line of the server is.
     *
     * @throws Broken when it is a refusal
     */
    Line read(byte[] line);

    /** Whether posts are answered. */
    default boolean acknowledges() {
        return false;
    }

    /** The answer to a {@link Line#PING}. */
    default String pong() {
        throw new Broken("a ping that nobody expected");
    }

    /** What a connection is for. */
    enum Role {
        /** Makes its room, and is not in it. */
        OPENER,
        /** Reads its room, and may post. */
        READER,
        /** Posts to its room and does not read it. */
        AUTHOR
    }
}
