package io.parley.cli;

import io.parley.delivery.CloseReason;
import io.parley.delivery.Delivery;
import io.parley.hooks.HookStatus;
import io.parley.hooks.OutgoingHooks;
import io.parley.identity.Identities;
import io.parley.identity.Pass;
import io.parley.identity.Passes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** {@code token revoke NAME} and {@code hook revoke NAME}. Thread-safe. */
public final class RevokeCommand implements ServerCommand {
    static final Usage TOKEN = new Usage("token revoke", List.of("NAME"), "ends an API token", """
                    Ends the API token of NAME, which may be its public id as well, for ever, and cuts its connections. What it
                    wrote stays. A new token of that name is the same user again.""");
    static final Usage HOOK = new Usage("hook revoke", List.of("NAME"), "ends a webhook", """
                    Ends the incoming webhook of NAME, which may be its public id as well, for ever. What it wrote stays. Or ends
                    the outgoing webhook of that id: nothing more is sent, from that very moment on.""");

    private static final Logger LOG = System.getLogger(RevokeCommand.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Passes passes;
    private final Identities identities;
    private final Delivery delivery;
    private final Usage usage;
    private final Optional<OutgoingHooks> outgoing;

    private RevokeCommand(
            Passes passes, Identities identities, Delivery delivery, Usage usage, Optional<OutgoingHooks> outgoing) {
        this.passes = passes;
        this.identities = identities;
        this.delivery = delivery;
        this.usage = usage;
        this.outgoing = outgoing;
    }

    public static RevokeCommand ofTokens(Passes passes, Identities identities, Delivery delivery) {
        return new RevokeCommand(passes, identities, delivery, TOKEN, Optional.empty());
    }

    public static RevokeCommand ofHooks(
            Passes passes, Identities identities, Delivery delivery, OutgoingHooks outgoing) {
        return new RevokeCommand(passes, identities, delivery, HOOK, Optional.of(outgoing));
    }

    @Override
    public String name() {
        return usage.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) throws InterruptedException {
        String wanted = arguments.get(0);
        Optional<HookStatus> going = outgoing.flatMap(hooks -> hooks.all().stream()
                .filter(hook -> hook.id().value().equals(wanted))
                .findFirst());
        if (going.isPresent()) {
            end(outgoing.orElseThrow(), going.get(), out);
            return;
        }
        Pass pass = passes.all().stream()
                .filter(known -> known.isHook() == usage.equals(HOOK))
                .filter(known -> known.publicId().equals(wanted)
                        || known.user().name().value().equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> CommandFailure.notDone("there is none of " + wanted + "; \"list\" shows all"));
        boolean stored = isStored(identities.revoke(pass.user()));
        int cut = delivery.cut(pass.user().id(), CloseReason.REVOKED, PATIENCE);
        LOG.log(Level.INFO, "{0} was revoked by an operator", pass.publicId());
        if (!stored) {
            throw CommandFailure.notDone(
                    "%s is refused until the next start, but the store takes no writes: revoke it again later"
                            .formatted(pass.publicId()));
        }
        out.accept("revoked %s (%s), %d connections cut".formatted(pass.user().name(), pass.publicId(), cut));
    }

    private static void end(OutgoingHooks hooks, HookStatus hook, Consumer<String> out) throws InterruptedException {
        boolean stored = isStored(hooks.end(hook.id()));
        LOG.log(Level.INFO, "webhook {0} was revoked by an operator", hook.id());
        if (!stored) {
            throw CommandFailure.notDone(
                    "%s is sent nothing more, but the store takes no writes: if it was not stored before the next start, revoke it again"
                            .formatted(hook.id()));
        }
        out.accept("revoked %s of %s".formatted(hook.id(), hook.room()));
    }

    private static boolean isStored(CompletionStage<Boolean> written) throws InterruptedException {
        try {
            return written.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "that something is ended could not be stored", e);
            return false;
        }
    }
}
