package io.parley.bench;

import java.util.List;

/** The peers on bare WebSocket: the path is the room, a message is its text. Stateless. */
final class PlainDialect implements Dialect {
    @Override
    public String address(String room) {
        return "/" + room;
    }

    @Override
    public List<String> opening(String room, Role role) {
        return List.of();
    }

    @Override
    public String post(String room, String text, long id) {
        return text;
    }

    @Override
    public Line read(byte[] line) {
        return Line.MESSAGE;
    }
}
