package io.parley.cli;

import io.parley.hooks.HookStatus;
import io.parley.hooks.OutgoingHooks;
import io.parley.identity.Pass;
import io.parley.identity.Passes;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code token list} and {@code hook list}. Thread-safe. */
public final class PassesCommand implements ServerCommand {
    static final Usage TOKENS = new Usage("token list", List.of(), "lists all API tokens", """
                    Lists the API tokens that are good, in the order of their names: public id, whether it is open, name. Secrets
                    are kept nowhere.""");
    static final Usage HOOKS = new Usage("hook list", List.of(), "lists all webhooks", """
                    Lists the incoming webhooks that are good, in the order of their names: public id, room, name. Then those that
                    go out, in the order of their ids: id, room, URL, and how many entries they have yet to take, or since when
                    they fail, and why.""");

    private final Passes passes;
    private final Usage usage;
    private final Supplier<List<HookStatus>> outgoing;

    private PassesCommand(Passes passes, Usage usage, Supplier<List<HookStatus>> outgoing) {
        this.passes = passes;
        this.usage = usage;
        this.outgoing = outgoing;
    }

    public static PassesCommand ofTokens(Passes passes) {
        return new PassesCommand(passes, TOKENS, List::of);
    }

    public static PassesCommand ofHooks(Passes passes, OutgoingHooks outgoing) {
        return new PassesCommand(passes, HOOKS, outgoing::all);
    }

    @Override
    public String name() {
        return usage.name();
    }

    @Override
    public void run(List<String> arguments, Consumer<String> out) {
        boolean hooks = usage.equals(HOOKS);
        for (Pass pass : passes.all()) {
            if (pass.isHook() == hooks) {
                String what = pass.room().orElse(pass.open() ? "open" : "secret");
                out.accept("%s  %-8s  %s"
                        .formatted(pass.publicId(), what, pass.user().name()));
            }
        }
        outgoing.get()
                .forEach(hook ->
                        out.accept("%s  %-8s  to %s, %s".formatted(hook.id(), hook.room(), hook.url(), how(hook))));
    }

    private static String how(HookStatus hook) {
        return hook.failing()
                .map(failing -> "%d behind, failing since %s (%d attempts): it %s"
                        .formatted(
                                hook.behind(),
                                failing.since().truncatedTo(ChronoUnit.SECONDS),
                                failing.attempts(),
                                failing.reason()))
                .orElse(hook.behind() == 0 ? "up to date" : hook.behind() + " behind");
    }
}
