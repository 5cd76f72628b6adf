package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Speaks {@code chat} (docs/protocol.md §3), as a person would: one message, one line of talk. Confined to one thread. */
final class ChatClient implements AutoCloseable {
    private final WireClient wire;
    private final List<String> heard = new ArrayList<>();
    private String name = "";

    /** Comes in and reads the two lines that greet everybody. */
    ChatClient(Handshake handshake) {
        wire = WireClient.open(handshake);
        String welcome = next();
        assertTrue(welcome.startsWith("* welcome, "), welcome);
        name = welcome.substring("* welcome, ".length(), welcome.indexOf(';'));
        await(line -> line.startsWith("* you are in "));
    }

    WireClient wire() {
        return wire;
    }

    /** What the server called this client at first. */
    String name() {
        return name;
    }

    /** Every line that was read. */
    List<String> heard() {
        return heard;
    }

    ChatClient say(String text) {
        wire.text(text);
        return this;
    }

    /** The next message, whole. */
    String next() {
        while (true) {
            Received received = wire.receive();
            if (received instanceof Received.Text text) {
                heard.add(text.text());
                return text.text();
            }
            if (!(received instanceof Received.Ping)) {
                fail("instead of a line there came " + received + "; before: " + heard);
            }
        }
    }

    /** Awaits a line; notices of coming and going may come before it. */
    String await(Predicate<String> wanted) {
        try {
            while (true) {
                String line = next();
                if (wanted.test(line)) {
                    return line;
                }
            }
        } catch (AssertionError e) {
            throw new AssertionError("a line was awaited; heard: " + heard, e);
        }
    }

    void await(String line) {
        await(line::equals);
    }

    /** Awaits a refusal, in words. */
    String refusal() {
        return await(line -> line.startsWith("! "));
    }

    @Override
    public void close() {
        wire.close();
    }
}
