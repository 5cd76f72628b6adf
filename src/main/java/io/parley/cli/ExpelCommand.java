package io.parley.cli;

import io.parley.delivery.Delivery;
import io.parley.identity.Identities;
import io.parley.identity.User;
import io.parley.room.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/** {@code expel ROOM GUEST}. Thread-safe. */
public final class ExpelCommand implements ServerCommand {
    static final Usage USAGE = new Usage("expel", List.of("ROOM", "GUEST"), "puts a guest out of a room", """
                    Has the connections of a guest follow ROOM no longer, and tells them so. GUEST is a name, or an id as "from"
                    has it in the messages. They keep their session, and nothing keeps them from joining the room again: drop
                    ends a session for ever.""");

    private static final Logger LOG = System.getLogger(ExpelCommand.class.getName());
    private static final String REASON = "put out by the operator";

    private final Identities identities;
    private final Delivery delivery;

    public ExpelCommand(Identities identities, Delivery delivery) {
        this.identities = identities;
        this.delivery = delivery;
    }

    @Override
    public String name() {
        return USAGE.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) {
        RoomName room = Named.room(arguments.get(0));
        User user = Named.guest(identities, arguments.get(1));
        if (delivery.present().getOrDefault(room, List.of()).stream()
                .noneMatch(present -> present.id().equals(user.id()))) {
            throw CommandFailure.notDone("%s is not in %s".formatted(user.name().value(), room.value()));
        }
        delivery.expel(user.id(), room, REASON);
        LOG.log(Level.INFO, "{0} was put out of {1} by an operator", user.id(), room.value());
        out.accept("%s (%s) was put out of %s".formatted(user.name().value(), user.id(), room.value()));
    }
}
