package io.parley.transport.api;

import io.parley.access.Refusal;
import io.parley.delivery.Replies;
import io.parley.delivery.Reply;
import io.parley.delivery.Request;
import io.parley.http.Answer;
import io.parley.http.Call;
import io.parley.http.Problem;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request that is one command, perhaps with others before it that must go well. Confined to one exchange.
 *
 * <p>What goes wrong first is the answer, and nothing is done after it.
 */
final class Single implements Replies {
    private final Call call;
    private final Function<Reply, Answer> form;
    private final int last;
    private @Nullable Refusal wrong;
    private @Nullable Reply reply;

    /** @param form how the last reply is told */
    Single(Call call, int requests, Function<Reply, Answer> form) {
        this.call = call;
        this.last = requests - 1;
        this.form = form;
    }

    @Override
    public int replied(int number, Request request, Reply came) {
        if (came instanceof Reply.Failed failed) {
            wrong = failed.refusal();
        } else if (number == last) {
            reply = came;
        }
        return 0;
    }

    @Override
    public boolean stopsAtFailure() {
        return true;
    }

    @Override
    public void whole() {
        Refusal no = wrong;
        Reply last = reply;
        if (no != null) {
            call.answer(Problem.of(no));
        } else if (last != null) {
            call.answer(form.apply(last));
        }
    }

    @Override
    public void refused(Refusal refusal) {
        call.answer(Problem.of(refusal));
    }
}
