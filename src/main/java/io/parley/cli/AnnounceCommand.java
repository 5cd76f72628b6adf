package io.parley.cli;

import io.parley.delivery.Delivery;
import io.parley.identity.User;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/** {@code announce TEXT}. Thread-safe. */
public final class AnnounceCommand implements ServerCommand {
    static final Usage USAGE =
            new Usage("announce", List.of("TEXT"), "tells everybody who is connected something", """
                    Shows TEXT, in quotes for the shell, to everybody who is connected by WebSocket now, in whichever room they
                    are: that the server will be restarted, say. It is in no history: who comes later has not seen it.""");

    private static final Logger LOG = System.getLogger(AnnounceCommand.class.getName());

    private final Delivery delivery;

    public AnnounceCommand(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public String name() {
        return USAGE.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) {
        int connections = delivery.connections();
        delivery.announce(User.OPERATOR, arguments.get(0));
        LOG.log(Level.INFO, "an operator announced something to {0} connections", connections);
        out.accept("announced to %d connections".formatted(connections));
    }
}
