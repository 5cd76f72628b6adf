package io.parley.delivery;

import io.parley.room.RoomName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who joins a room by coming, and keeps what they were answered. Thread-safe. */
final class Newcomer implements Dialogue {
    private final RoomName room;
    private final List<String> told = new CopyOnWriteArrayList<>();

    Newcomer(RoomName room) {
        this.room = room;
    }

    /** The kinds of the replies, in order. */
    List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public List<Request> opening() {
        return List.of(
                Request.of(Command.Hello.empty()), Request.of(new Command.Join(room, new Command.From.Newest(10))));
    }

    @Override
    public List<Request> decode(Inbound message) {
        throw new IllegalStateException("nothing comes in");
    }

    @Override
    public List<byte[]> encode(Request request, Reply reply) {
        told.add(reply.getClass().getSimpleName());
        return List.of();
    }

    @Override
    public Optional<byte[]> goodbye(Event.Bye bye) {
        return Optional.empty();
    }
}
