package io.parley.delivery;

import io.parley.room.Entry;
import io.parley.room.RoomName;
import java.util.List;
import java.util.Optional;

/** A subprotocol with bugs: it speaks as another does, but stumbles over one word. Thread-safe. */
final class Stumbling implements Subprotocol {
    private final Subprotocol fluent;
    private final String over;

    /** @param over what it stumbles over: {@code decode}, {@code encode}, or a text that is to be encoded */
    Stumbling(Subprotocol fluent, String over) {
        this.fluent = fluent;
        this.over = over;
    }

    @Override
    public String name() {
        return fluent.name();
    }

    @Override
    public boolean joinsLines() {
        return fluent.joinsLines();
    }

    @Override
    public int helloSeconds() {
        return fluent.helloSeconds();
    }

    @Override
    public Optional<byte[]> encode(Event event) {
        return fluent.encode(event);
    }

    @Override
    public byte[] encode(RoomName room, Entry entry) {
        stumbleIf(entry instanceof Entry.Message message
                && message.content().text().equals(over));
        return fluent.encode(room, entry);
    }

    @Override
    public Dialogue open(Opening opening) {
        Dialogue words = fluent.open(opening);
        return new Dialogue() {
            @Override
            public List<Request> opening() {
                return words.opening();
            }

            @Override
            public List<Request> decode(Inbound message) {
                stumbleIf(over.equals("decode"));
                return words.decode(message);
            }

            @Override
            public List<byte[]> encode(Request request, Reply reply) {
                stumbleIf(over.equals("encode"));
                return words.encode(request, reply);
            }

            @Override
            public Optional<byte[]> goodbye(Event.Bye bye) {
                return words.goodbye(bye);
            }
        };
    }

    private static void stumbleIf(boolean now) {
        if (now) {
            throw new IllegalStateException("a bug, made for a test");
        }
    }
}
