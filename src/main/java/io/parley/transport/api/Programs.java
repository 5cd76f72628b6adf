package io.parley.transport.api;

import io.parley.access.Refusal;
import io.parley.http.Call;
import io.parley.http.Problem;
import io.parley.identity.Pass;
import io.parley.identity.Passes;
import io.parley.text.InvalidInput;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks up what programs come by. Thread-safe.
 *
 * @param readers where the store may be read
 */
public record Programs(Passes passes, Executor readers) {
    private static final Logger LOG = System.getLogger(Programs.class.getName());

    /**
     * Goes on, on a reader, with what was found.
     *
     * @param search finds a pass, and may block
     */
    void find(Call call, Function<Passes, Optional<Pass>> search, Consumer<Optional<Pass>> then) {
        try {
            readers.execute(() -> {
                Optional<Pass> found;
                try {
                    found = search.apply(passes);
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "a pass could not be looked up", e);
                    call.answer(Problem.of(Refusal.unavailable()));
                    return;
                }
                goOn(call, found, then);
            });
        } catch (RejectedExecutionException e) {
            call.answer(Problem.of(Refusal.unavailable()));
        }
    }

    private static void goOn(Call call, Optional<Pass> found, Consumer<Optional<Pass>> then) {
        try {
            then.accept(found);
        } catch (InvalidInput e) {
            call.answer(Problem.of(Refusal.of(e)));
        } catch (RuntimeException e) {
            call.failed(e);
        }
    }
}
