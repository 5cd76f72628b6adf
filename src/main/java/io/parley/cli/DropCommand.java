package io.parley.cli;

import io.parley.delivery.CloseReason;
import io.parley.delivery.Delivery;
import io.parley.identity.Identities;
import io.parley.identity.User;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** {@code drop GUEST}. Thread-safe. */
public final class DropCommand implements ServerCommand {
    static final Usage USAGE =
            new Usage("drop", List.of("GUEST"), "ends a guest's session and cuts their connections", """
                    Ends the session of a guest for ever and cuts their connections; a page that is connected says so,
                    and does not come back by itself. GUEST is a name, or an id as "from" has it in the messages. What they
                    wrote stays, and so does their name, until it was unused for 30 days. Nothing keeps them from coming
                    again as somebody else.""");

    private static final Logger LOG = System.getLogger(DropCommand.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Identities identities;
    private final Delivery delivery;

    public DropCommand(Identities identities, Delivery delivery) {
        this.identities = identities;
        this.delivery = delivery;
    }

    @Override
    public String name() {
        return USAGE.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) throws InterruptedException {
        User user = Named.guest(identities, arguments.get(0));
        boolean stored = isStored(user);
        int cut = delivery.cut(user.id(), CloseReason.DROPPED, PATIENCE);
        LOG.log(Level.INFO, "{0} was dropped by an operator", user.id());
        if (!stored) {
            throw CommandFailure.notDone(
                    "%s is cut off until the next start, but the store takes no writes: drop again later"
                            .formatted(user.id()));
        }
        out.accept("dropped %s (%s), %d connections cut".formatted(user.name().value(), user.id(), cut));
    }

    private boolean isStored(User user) throws InterruptedException {
        try {
            return identities.revoke(user).toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "that a session is ended could not be stored", e);
            return false;
        }
    }
}
