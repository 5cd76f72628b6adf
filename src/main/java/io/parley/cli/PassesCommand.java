package io.parley.cli;

import io.parley.identity.Pass;
import io.parley.identity.Passes;
import java.util.List;
import java.util.function.Consumer;

/** {@code token list} and {@code hook list}. Thread-safe. */
public final class PassesCommand implements ServerCommand {
    static final Usage TOKENS = new Usage("token list", List.of(), "lists all API tokens", """
                    Lists the API tokens that are good, in the order of their names: public id, whether it is open, name. Secrets
                    are kept nowhere.""");
    static final Usage HOOKS = new Usage("hook list", List.of(), "lists all incoming webhooks", """
                    Lists the incoming webhooks that are good, in the order of their names: public id, room, name. Secrets are kept
                    nowhere.""");

    private final Passes passes;
    private final Usage usage;

    private PassesCommand(Passes passes, Usage usage) {
        this.passes = passes;
        this.usage = usage;
    }

    public static PassesCommand ofTokens(Passes passes) {
        return new PassesCommand(passes, TOKENS);
    }

    public static PassesCommand ofHooks(Passes passes) {
        return new PassesCommand(passes, HOOKS);
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
    }
}
