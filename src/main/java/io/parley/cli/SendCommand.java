package io.parley.cli;

import io.parley.hooks.OutgoingHooks;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** {@code hook send ROOM URL}. Thread-safe. */
public final class SendCommand implements ServerCommand {
    static final Usage USAGE =
            new Usage("hook send", List.of("ROOM", "URL"), "sends what comes in a room to a program elsewhere", """
                    Makes an outgoing webhook: what comes in ROOM from now on is sent to URL, each entry by a POST of its own, in order,
                    again and again until it is answered with 2xx. Requests are signed as Standard Webhooks has it; the secret by
                    which the receiver checks that is shown once. Addresses that are not public need parley.hookTargets.""");

    private static final Logger LOG = System.getLogger(SendCommand.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OutgoingHooks hooks;

    public SendCommand(OutgoingHooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public String name() {
        return USAGE.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) throws InterruptedException {
        try {
            RoomName room = RoomName.parse(arguments.get(0));
            OutgoingHooks.Made made = hooks.add(room, arguments.get(1))
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .orElseThrow(
                            () -> CommandFailure.notDone("there is no room %s; \"rooms\" lists all".formatted(room)));
            out.accept("webhook %s from %s to %s; its secret, shown this once:"
                    .formatted(made.id(), made.room(), made.target()));
            out.accept(made.secret());
        } catch (InvalidInput e) {
            throw CommandFailure.notDone(e.explanation());
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "a webhook could not be stored", e);
            throw CommandFailure.notDone("the store takes no writes now; look at \"hook list\" before you try again");
        }
    }
}
