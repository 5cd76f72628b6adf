package io.parley.cli;

import io.parley.identity.Passes;
import io.parley.identity.UserName;
import io.parley.room.RoomName;
import io.parley.text.InvalidInput;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** {@code token create NAME [open]} and {@code hook create ROOM [NAME]}. Thread-safe. */
public final class IssueCommand implements ServerCommand {
    static final Usage TOKEN =
            new Usage("token create", List.of("NAME", "[open]"), "makes an API token for a program", """
                    Makes an API token for a program, which is a user of its own, called NAME. The secret is shown once: programs
                    send it as "Authorization: Bearer SECRET" over HTTP and WebSocket. The public id is the channel in the addresses
                    that end in /publish; with "open", whoever knows that id may publish there without the secret.""");
    static final Usage HOOK = new Usage(
            "hook create", List.of("ROOM", "[NAME]"), "makes an address that posts to a room, as Slack's do", """
                    Makes an incoming webhook: an address below which whatever can post to Slack posts to ROOM, as the user NAME, or
                    one called after the room. The address is shown once and is all that it takes to post: keep it secret.""");

    private static final Logger LOG = System.getLogger(IssueCommand.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String OPEN = "open";

    private final Passes passes;
    private final Usage usage;

    private IssueCommand(Passes passes, Usage usage) {
        this.passes = passes;
        this.usage = usage;
    }

    public static IssueCommand ofTokens(Passes passes) {
        return new IssueCommand(passes, TOKEN);
    }

    public static IssueCommand ofHooks(Passes passes) {
        return new IssueCommand(passes, HOOK);
    }

    @Override
    public String name() {
        return usage.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) throws InterruptedException {
        try {
            if (usage.equals(TOKEN)) {
                token(arguments, out);
            } else {
                hook(arguments, out);
            }
        } catch (InvalidInput e) {
            throw CommandFailure.notDone(e.explanation());
        }
    }

    private void token(List<String> arguments, Consumer<String> out) throws InterruptedException {
        boolean open = arguments.size() > 1;
        if (open && !arguments.get(1).equals(OPEN)) {
            throw CommandFailure.notDone("what follows the name is \"open\", or nothing");
        }
        Passes.Issued issued = issue(UserName.parse(arguments.get(0)), open, Optional.empty());
        out.accept("token of %s, public id %s%s; its secret, shown this once:"
                .formatted(issued.pass().user().name(), issued.pass().publicId(), open ? ", open" : ""));
        out.accept(issued.secret());
    }

    private void hook(List<String> arguments, Consumer<String> out) throws InterruptedException {
        RoomName room = RoomName.parse(arguments.get(0));
        UserName name = UserName.parse(arguments.size() > 1 ? arguments.get(1) : room.value() + "-hook");
        Passes.Issued issued = issue(name, false, Optional.of(room.value()));
        out.accept("hook of %s to %s, public id %s; its path, shown this once:"
                .formatted(
                        issued.pass().user().name(), room.value(), issued.pass().publicId()));
        out.accept("/hooks/" + issued.secret());
    }

    private Passes.Issued issue(UserName name, boolean open, Optional<String> room) throws InterruptedException {
        try {
            return passes.issue(name, open, room)
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .orElseThrow(() -> CommandFailure.notDone(
                            "somebody is called %s already, or something that looks the same; \"list\" tells whether a program is"
                                    .formatted(name)));
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "a pass could not be stored", e);
            throw CommandFailure.notDone("the store takes no writes now; look at \"list\" before you try again");
        }
    }
}
