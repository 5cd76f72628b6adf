package io.parley.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Socket.IO 5 on Engine.IO 4, on WebSocket from the beginning. Stateless. */
final class SocketIoDialect implements Dialect {
    @Override
    public String address(String room) {
        return "/socket.io/?EIO=4&transport=websocket&room=" + room;
    }

    @Override
    public List<String> opening(String room, Role role) {
        return List.of("40");
    }

    @Override
    public String post(String room, String text, long id) {
        return "42[\"chat message\",\"" + text + "\"]";
    }

    @Override
    public Line read(byte[] line) {
        char engine = (char) line[0];
        char socket = line.length > 1 ? (char) line[1] : ' ';
        if (engine == '4' && socket == '2') {
            return Line.MESSAGE;
        }
        if (engine == '4' && socket == '0') {
            return Line.READY;
        }
        if (engine == '2') {
            return Line.PING;
        }
        if (engine == '0' || engine == '6') {
            return Line.OTHER;
        }
        throw new Broken("Socket.IO says " + new String(line, StandardCharsets.UTF_8));
    }

    @Override
    public String pong() {
        return "3";
    }
}
