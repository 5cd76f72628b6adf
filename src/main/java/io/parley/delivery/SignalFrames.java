package io.parley.delivery;

import io.micrometer.core.instrument.Counter;
import io.parley.presence.Signal;
import io.parley.presence.Signals;
import io.parley.room.RoomName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What passes in one room, as frames for one worker's readers, made once for all who have seen the same. Confined to the worker. */
final class SignalFrames {
    private final RoomName room;
    private final Signals signals;
    private final Counter sent;
    private final Map<Key, Made> made = new HashMap<>();
    private long target;

    SignalFrames(RoomName room, Signals signals, Counter sent) {
        this.room = room;
        this.signals = signals;
        this.sent = sent;
    }

    /** Something has passed. */
    void moved() {
        target = signals.version(room);
        made.clear();
    }

    /** A reader has come who is to hear of what passes already: of who is typing. */
    void welcome(Subscription reader) {
        if (reader.signalsSeen < signals.version(room)) {
            moved();
        }
    }

    void clear() {
        made.clear();
    }

    /** What a reader has not been told of; null when there is nothing. */
    @Nullable
    Frame next(Subscription reader, boolean binary) {
        while (reader.signalsSeen < target) {
            Subprotocol subprotocol = reader.outbox.subprotocol();
            Made news = made.computeIfAbsent(new Key(reader.signalsSeen, subprotocol, binary), this::make);
            reader.signalsSeen = news.version;
            if (news.frame.isPresent()) {
                sent.increment();
                return news.frame.get();
            }
        }
        return null;
    }

    private Made make(Key key) {
        List<byte[]> lines = new ArrayList<>();
        long version = key.seen;
        for (Signal.Passed passed : signals.since(room, key.seen)) {
            version = passed.version();
            key.subprotocol.encode(event(passed.signal())).ifPresent(lines::add);
            if (!lines.isEmpty() && !key.subprotocol.joinsLines()) {
                return new Made(version, Optional.of(frame(lines.get(0), key.binary)));
            }
        }
        Optional<Frame> frame = lines.isEmpty()
                ? Optional.empty()
                : Optional.of(frame(lines.size() == 1 ? lines.get(0) : Lines.join(lines), key.binary));
        return new Made(Math.max(version, target), frame);
    }

    private Event event(Signal signal) {
        if (signal instanceof Signal.Typing typing) {
            return new Event.Typing(room, typing.who());
        }
        if (signal instanceof Signal.Read read) {
            return new Event.Read(room, read.from(), read.seq());
        }
        if (signal instanceof Signal.Profile profile) {
            return new Event.Profile(profile.user());
        }
        throw new IllegalStateException("no rule for " + signal.getClass());
    }

    private static Frame frame(byte[] utf8, boolean binary) {
        return binary ? Frame.binary(utf8) : Frame.text(utf8);
    }

    private record Key(long seen, Subprotocol subprotocol, boolean binary) {}

    private record Made(long version, Optional<Frame> frame) {}
}
