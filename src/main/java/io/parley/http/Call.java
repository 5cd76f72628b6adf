package io.parley.http;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.text.InvalidInput;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A request that is answered later, while no thread waits: neither for a body that comes slowly, nor for the store, nor for a peer that is
 * slow to read. Thread-safe; of several answers the first counts.
 */
public final class Call {
    private static final Logger LOG = System.getLogger(Call.class.getName());

    private final AsyncContext context;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String remote;
    private final boolean headOnly;
    private final IntConsumer answeredWith;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile Problem late = Problem.of(Refusal.unavailable());

    private Call(HttpServletRequest request, HttpServletResponse response, Duration atMost, IntConsumer answeredWith) {
        this.answeredWith = answeredWith;
        this.request = request;
        this.response = response;
        this.remote = ProxyFilter.way(request).remote();
        this.headOnly = request.getMethod().equals("HEAD");
        this.context = request.startAsync(request, response);
        context.setTimeout(atMost.toMillis());
        context.addListener(new End());
    }

    /**
     * Lets a request wait for its answer.
     *
     * @param atMost how long it may take until the answer has been read; a request that takes longer is cut off
     */
    public static Call begin(HttpServletRequest request, HttpServletResponse response, Duration atMost) {
        return new Call(request, response, atMost, status -> {});
    }

    /** The same, counted. */
    public static Call begin(
            HttpServletRequest request, HttpServletResponse response, Duration atMost, AnswerMeter meter) {
        return new Call(request, response, atMost, meter::answered);
    }

    /**
     * The request, for the container's own threads only: once its peer has gone it may be another's, and any other thread learns of that too
     * late.
     */
    public HttpServletRequest request() {
        return request;
    }

    /** The network address of whoever asks; from any thread. */
    public String remote() {
        return remote;
    }

    /**
     * Collects the body, and hands it on when it is whole; what the taker throws is answered as {@link #failed}.
     *
     * @param most how many bytes it may have
     */
    public void body(int most, Consumer<byte[]> taker) {
        late = Problem.TOO_SLOW;
        String coding = request.getHeader("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            answer(Problem.WRONG_TYPE);
        } else if (request.getContentLengthLong() > most) {
            answer(Problem.TOO_LARGE);
        } else {
            try {
                BodyReader reader = new BodyReader(this, most, body -> {
                    late = Problem.of(Refusal.unavailable());
                    taker.accept(body);
                });
                ServletInputStream in = request.getInputStream();
                in.setReadListener(reader);
                // Payara calls the listener only for what comes later (Jakarta Servlet 6.0 §3.13 lets us ask).
                // Open Liberty calls it on another thread, already now: both at once would lose what the body has.
                if (!Containers.isLibertys(in) && in.isReady()) {
                    reader.onDataAvailable();
                }
            } catch (IOException e) {
                gone(e);
            }
        }
    }

    /**
     * Runs something that may block on a thread of the container.
     *
     * @throws IllegalStateException when the container has ended the request
     */
    public void run(Runnable blocking) {
        context.start(blocking);
    }

    public void answer(Problem problem) {
        answer(problem.answer());
    }

    /** Answers, from any thread, without waiting for the peer to read. */
    public void answer(Answer answer) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        answeredWith.accept(answer.status());
        try {
            answer.begin(response);
            byte[] body = headOnly ? new byte[0] : answer.body();
            response.getOutputStream().setWriteListener(new BodyWriter(this, response.getOutputStream(), body));
        } catch (IOException | RuntimeException e) {
            // The peer went while this was being found out; containers do not agree on what they throw then.
            gone(e);
        }
    }

    /** Answers what a failure means: what was wrong with the request, or a reference to the log and nothing else. */
    public void failed(Throwable failure) {
        if (failure instanceof InvalidInput input) {
            answer(Problem.of(Refusal.of(input)));
            return;
        }
        String reference = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "internal error " + reference, failure);
        answer(Problem.of(Refusal.of(ErrorCode.INTERNAL, "internal error; its reference is " + reference)));
    }

    /** The peer is not there any more. */
    void gone(Throwable how) {
        LOG.log(Level.DEBUG, "a request ended before its answer", how);
        answered.set(true);
        complete();
    }

    void complete() {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the container has ended the request itself", e);
        }
    }

    /** What the container says of the end. */
    private final class End implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            try {
                if (answered.compareAndSet(false, true)) {
                    answeredWith.accept(late.status());
                    // Short, and at once: a container takes a request that this leaves open for a failed one.
                    late.answer().with("Connection", "close").send(response);
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.DEBUG, "a request that took too long could not be told so", e);
            } finally {
                complete();
            }
        }

        @Override
        public void onError(AsyncEvent event) {
            gone(event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) {
            answered.set(true);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Asynchrony begins once.
        }
    }
}
