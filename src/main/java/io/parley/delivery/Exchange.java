package io.parley.delivery;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.identity.Credentials;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The commands of somebody who does not stay: taken in order like those of a connection, answered, and over. Confined to its worker, once it has
 * begun.
 *
 * <p>Whoever comes is known before anything is done. Where requests hang together, none is taken after one that failed. What would fill the memory with pages is taken one after another, and refused once
 * the answer is long.
 */
final class Exchange {
    private static final Logger LOG = System.getLogger(Exchange.class.getName());
    private static final int LONG_ANSWER_BYTES = 256 * 1024;

    private final Worker worker;
    private final Commands commands;
    private final List<Request> requests;
    private final Replies replies;
    private final Runnable atEnd;
    private int next;
    private int answered;
    private long bytes;
    private boolean over;

    /**
     * An exchange that has not begun.
     *
     * @param requests few: what a client has sent is bounded by the door that reads it
     * @param admission says no to some before they are let in; asked by a reader
     */
    Exchange(
            Commands.Services services,
            Worker worker,
            Credentials credentials,
            Function<Credentials, Optional<Refusal>> admission,
            List<Request> requests,
            Replies replies,
            Runnable atEnd) {
        this.worker = worker;
        this.requests = List.copyOf(requests);
        this.replies = replies;
        this.atEnd = atEnd;
        this.commands = new Commands(
                services,
                credentials,
                new Glance(services, worker),
                admission,
                reason -> refuse(Refusal.of(ErrorCode.NOT_AUTHENTICATED, reason.reason())));
    }

    /** Takes up the requests. Never blocks. */
    void begin() {
        if (requests.isEmpty()) {
            later(() -> refuse(Refusal.of(ErrorCode.BAD_REQUEST, "there is no command in the body")));
        } else {
            boolean introduced = requests.get(0).command() instanceof Command.Hello;
            next = introduced ? 1 : 0;
            taken(introduced ? requests.get(0).command() : Command.Hello.empty())
                    .result()
                    .whenComplete((result, failure) -> later(() -> known(introduced, Result.of(result, failure))));
        }
    }

    /** It has turned out who asks, or that this cannot be found out. */
    private void known(boolean introduced, Result hello) {
        if (hello.reply() instanceof Reply.Failed failed) {
            refuse(failed.refusal());
            return;
        }
        hello.effect().run();
        if (over) {
            return;
        }
        if (introduced) {
            answer(0, hello.reply());
        }
        take();
    }

    /** Goes on until a command holds up the others, or none is left, or it is over. */
    private void take() {
        while (next < requests.size() && !over) {
            int number = next++;
            Commands.Taken taken = takenInBounds(requests.get(number).command());
            boolean waits = taken.othersWait()
                    || replies.stopsAtFailure()
                    || requests.get(number).command() instanceof Command.Pages;
            taken.result()
                    .whenComplete((result, failure) -> later(() -> {
                        Result came = Result.of(result, failure);
                        came.effect().run();
                        answer(number, came.reply());
                        if (waits) {
                            take();
                        }
                    }));
            if (waits) {
                return;
            }
        }
    }

    private Commands.Taken takenInBounds(Command command) {
        return command instanceof Command.Pages && bytes > LONG_ANSWER_BYTES
                ? Commands.Taken.now(new Reply.Failed(
                        Refusal.of(ErrorCode.TOO_LARGE, "the answer is long already; ask for this in another request")))
                : taken(command);
    }

    private Commands.Taken taken(Command command) {
        try {
            return commands.take(command);
        } catch (RuntimeException e) {
            return Commands.Taken.alongside(CompletableFuture.failedFuture(e));
        }
    }

    private void answer(int number, Reply reply) {
        if (over) {
            return;
        }
        bytes += replies.replied(number, requests.get(number), reply);
        answered++;
        if (answered == requests.size() || (reply instanceof Reply.Failed && replies.stopsAtFailure())) {
            end();
            replies.whole();
        }
    }

    private void refuse(Refusal refusal) {
        if (!over) {
            end();
            replies.refused(refusal);
        }
    }

    private void end() {
        over = true;
        try {
            commands.end();
        } finally {
            atEnd.run();
        }
    }

    /** On the worker; a bug ends this exchange and no other. */
    private void later(Runnable step) {
        worker.execute(() -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "an exchange is ended for an internal error");
                refuse(((Reply.Failed) Result.failed(e).reply()).refusal());
            }
        });
    }
}
