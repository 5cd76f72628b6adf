package io.parley.delivery;

import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.room.RoomName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of each user, so that one can be told what another did. Thread-safe. */
final class Visitors {
    private final ConcurrentHashMap<UserId, List<Outbox>> outboxes = new ConcurrentHashMap<>();

    void came(UserId user, Outbox outbox) {
        outboxes.merge(user, List.of(outbox), (known, one) -> {
            List<Outbox> more = new ArrayList<>(known);
            more.addAll(one);
            return List.copyOf(more);
        });
    }

    void went(UserId user, Outbox outbox) {
        outboxes.computeIfPresent(user, (key, known) -> {
            List<Outbox> fewer = known.stream().filter(other -> other != outbox).toList();
            return fewer.isEmpty() ? null : fewer;
        });
    }

    /** Tells those of a user's connections that follow a room. */
    void tell(UserId user, RoomName room, Event event) {
        for (Outbox outbox : outboxes.getOrDefault(user, List.of())) {
            outbox.worker().execute(() -> {
                if (outbox.follows(room)) {
                    outbox.whisper(new Whispers.Key(event.getClass(), room.value()), event);
                }
            });
        }
    }

    /** A user has taken another name by no connection: all of theirs, and who is with them, are told. */
    void renamed(User user, Commands.Services services) {
        renamed(user, outboxes.getOrDefault(user.id(), List.of()), services);
    }

    /** A user has taken another name by one connection: the others, and who is with them, are told. */
    void renamed(User user, Outbox by, Commands.Services services) {
        renamed(
                user,
                outboxes.getOrDefault(user.id(), List.of()).stream()
                        .filter(outbox -> outbox != by)
                        .toList(),
                services);
    }

    private static void renamed(User user, List<Outbox> tell, Commands.Services services) {
        for (Outbox outbox : tell) {
            outbox.worker().execute(() -> {
                List<RoomName> rooms = outbox.rooms();
                for (RoomName room : rooms) {
                    services.presence().rename(room, user);
                    services.signals().profile(room, user);
                }
                if (rooms.isEmpty()) {
                    outbox.whisper(
                            new Whispers.Key(Event.Profile.class, user.id().value()), new Event.Profile(user));
                }
            });
        }
    }
}
