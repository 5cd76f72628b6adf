package io.parley.delivery;

import io.parley.access.ErrorCode;
import io.parley.access.Refusal;
import io.parley.config.Limits;
import io.parley.identity.Credentials;
import io.parley.identity.UserId;
import io.parley.room.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * One client: commands in, entries and events out. Thread-safe.
 *
 * <p>What comes in is taken one command after another, on whichever thread brought it. A command that must wait for the store, and that
 * later ones depend on, stops the taking until it is done; its completion goes on, on the connection's worker. So commands take effect in
 * the order sent, and no container thread ever waits.
 */
public final class Connection {
    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final int MOST_QUEUED_FACTOR = 2;
    // A page may have limits.replyBytes: what a client asks for and does not read must not fill the memory.
    private static final int MOST_PAGES = 4;

    private final Object lock = new Object();
    private final ArrayDeque<Inbound> messages = new ArrayDeque<>();
    private final ArrayDeque<Request> requests = new ArrayDeque<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Limits limits;
    private final Dialogue dialogue;
    private final Manner manner;
    private final Subprotocol subprotocol;
    private final Worker worker;
    private final Outbox outbox;
    private final Commands commands;
    private final Runnable atEnd;
    private final long came;

    private volatile long heard;
    private volatile boolean spoke;
    private int queuedWeight;
    /** Pages that are being read, or wait to be written. */
    private int pages;

    private boolean taking;
    /** Nothing is taken before one of the pages has gone. */
    private boolean held;

    private boolean gone;
    private boolean closing;

    /** @param admission says no to some before anybody looks who they are */
    Connection(
            Transport transport,
            Subprotocol subprotocol,
            Dialogue dialogue,
            Credentials credentials,
            Manner manner,
            Worker worker,
            Worker.Settings settings,
            Commands.Services services,
            Function<Credentials, Optional<Refusal>> admission,
            Runnable atEnd) {
        this.limits = settings.limits();
        this.manner = manner;
        this.subprotocol = subprotocol;
        this.dialogue = dialogue;
        this.worker = worker;
        this.came = worker.nanoTime();
        this.heard = came;
        this.outbox = new Outbox(transport, subprotocol, worker, settings, manner.hears(), came);
        this.atEnd = atEnd;
        this.commands =
                new Commands(services, credentials, new JoinedRooms(services, outbox, manner), admission, this::close);
    }

    /** Takes up what the client asked for by coming. */
    void begin() {
        worker.execute(() -> worker.add(this));
        synchronized (lock) {
            taking = true;
        }
        dialogue.opening().forEach(requests::add);
        take();
    }

    /** A whole message has come. Never blocks. */
    public void received(Inbound message) {
        heard = worker.nanoTime();
        spoke = true;
        boolean flooded;
        synchronized (lock) {
            if (gone || closing) {
                return;
            }
            flooded = messages.size() >= MOST_QUEUED_FACTOR * limits.pending()
                    || queuedWeight + message.weight() > 2 * MOST_QUEUED_FACTOR * limits.frameBytes();
            if (!flooded) {
                messages.addLast(message);
                queuedWeight += message.weight();
                if (taking) {
                    return;
                }
                taking = true;
            }
        }
        if (flooded) {
            close(CloseReason.FLOODING);
        } else {
            take();
        }
    }

    /** Any sign of life that is not a message. */
    public void alive() {
        heard = worker.nanoTime();
    }

    /** Closes from the server's side, with a last word where the subprotocol has one. Never blocks. */
    public void close(CloseReason reason) {
        close(reason, reason.retryAfter());
    }

    /** Like {@link #close(CloseReason)}, saying in how many milliseconds to come again. */
    void close(CloseReason reason, OptionalLong retryAfter) {
        synchronized (lock) {
            if (closing) {
                return;
            }
            closing = true;
        }
        Optional<byte[]> bye = dialogue.goodbye(new Event.Bye(reason, retryAfter));
        worker.execute(() -> outbox.close(reason, bye.orElse(null)));
    }

    /** The client is gone, whoever closed. Called by the transport, once. */
    public void closed() {
        synchronized (lock) {
            if (gone) {
                return;
            }
            gone = true;
            if (taking && !held) {
                return;
            }
            taking = true;
            held = false;
        }
        end();
    }

    /** Has the client follow a room no longer, in its turn, and tells it why. Never blocks. */
    void expel(RoomName room, String reason) {
        synchronized (lock) {
            if (gone || closing) {
                return;
            }
            messages.addLast(new Inbound.Order(new Command.Expel(room, reason)));
            if (taking) {
                return;
            }
            taking = true;
        }
        take();
    }

    /** Tells this client alone. Called by the worker. */
    void notice(Whispers.Key key, Event.Notice notice) {
        outbox.whisper(key, notice);
    }

    /** Says how the list of rooms has changed, if the client has asked for it. Called by the worker. */
    void roomsMoved(Whispers.Key key, Function<Subprotocol, Optional<byte[]>> line) {
        if (outbox.hasListedRooms()) {
            line.apply(subprotocol).ifPresent(utf8 -> outbox.whisper(key, utf8));
        }
    }

    /** Looks once a second for silence. Called by the worker. */
    void sweep(long now) {
        outbox.sweep(now);
        if (!manner.speaks()) {
            if (now - outbox.pinged() >= manner.pingNanos()) {
                outbox.ping();
            }
            return;
        }
        if (outbox.hasTakenMore()) {
            // The answer to a ping may lie behind megabytes that a slow client has still to read.
            heard = now;
        }
        long last = heard;
        long patience = TimeUnit.SECONDS.toNanos(subprotocol.helloSeconds());
        if (patience > 0 && !spoke && now - came > patience) {
            close(CloseReason.SILENT);
        } else if (now - last >= manner.pingNanos()) {
            // Closed is who was asked and said nothing, not who could not be asked: pings wait for writes.
            if (outbox.pinged() - last <= 0) {
                outbox.ping();
            } else if (outbox.hasBeenAskedFor(now) >= manner.pingNanos()) {
                close(CloseReason.SILENT);
            }
        }
    }

    /** Whether this is a user's. Called by the worker. */
    boolean isOf(UserId user) {
        return commands.isOf(user);
    }

    /** Goes on until nothing is left, a command holds up the others, or the client is gone. */
    private void take() {
        while (true) {
            synchronized (lock) {
                if (gone) {
                    break;
                }
                if (closing) {
                    // There is no talking on.
                    requests.clear();
                    messages.clear();
                }
                if (requests.isEmpty() && messages.isEmpty()) {
                    taking = false;
                    return;
                }
            }
            try {
                if (requests.isEmpty()) {
                    Inbound message = nextMessage();
                    requests.addAll(
                            message instanceof Inbound.Order order
                                    ? List.of(Request.of(order.command()))
                                    : dialogue.decode(message));
                } else if (!handle(requests.removeFirst())) {
                    return;
                }
            } catch (RuntimeException e) {
                broken(e);
            }
        }
        end();
    }

    private Inbound nextMessage() {
        synchronized (lock) {
            Inbound next = messages.removeFirst();
            queuedWeight -= next.weight();
            return next;
        }
    }

    /** Whether the next request may be taken at once. */
    private boolean handle(Request request) {
        if (request.command() instanceof Command.Broken broken) {
            close(broken.reason());
            return true;
        }
        if (request.command() instanceof Command.Pages && !mayHavePage(request)) {
            return false;
        }
        int waiting = unanswered.incrementAndGet();
        if (waiting > MOST_QUEUED_FACTOR * limits.pending()) {
            close(CloseReason.FLOODING);
            return true;
        }
        if (waiting > limits.pending()) {
            answer(request, tooMany(), false);
            return true;
        }
        Commands.Taken taken = taken(request.command());
        taken.result()
                .whenComplete((result, failure) ->
                        answer(request, failure == null ? result : Result.failed(failure), taken.othersWait()));
        return !taken.othersWait();
    }

    /** Whether one page more may be made; if not, the request waits, and with it those behind it. */
    private boolean mayHavePage(Request request) {
        synchronized (lock) {
            if (pages < MOST_PAGES) {
                pages++;
                return true;
            }
            requests.addFirst(request);
            held = true;
            return false;
        }
    }

    /** An answer has left the queue. Called by the worker. */
    private void answered(Request request) {
        unanswered.decrementAndGet();
        if (!(request.command() instanceof Command.Pages)) {
            return;
        }
        synchronized (lock) {
            pages--;
            if (!held) {
                return;
            }
            held = false;
        }
        worker.execute(this::take);
    }

    private Commands.Taken taken(Command command) {
        try {
            return commands.take(command);
        } catch (RuntimeException e) {
            return Commands.Taken.alongside(CompletableFuture.failedFuture(e));
        }
    }

    private void answer(Request request, Result result, boolean goOn) {
        worker.execute(() -> {
            try {
                result.effect().run();
                // The dialogue of who was closed has had its last word: it must not take this for told.
                List<byte[]> lines = outbox.isClosed() ? List.of() : dialogue.encode(request, result.reply());
                outbox.reply(lines, () -> answered(request));
                result.close().ifPresent(this::close);
            } catch (RuntimeException e) {
                broken(e);
            }
            if (goOn) {
                take();
            }
        });
    }

    /** A bug: it ends this connection, orderly, and no other. */
    private void broken(RuntimeException cause) {
        LOG.log(Level.ERROR, "a connection is closed for an internal error", cause);
        close(CloseReason.INTERNAL);
    }

    private void end() {
        worker.execute(() -> {
            worker.remove(this);
            try {
                outbox.gone();
                commands.end();
            } finally {
                atEnd.run();
            }
        });
    }

    private Result tooMany() {
        return Result.refused(
                Refusal.of(ErrorCode.TOO_MANY, "more than " + limits.pending() + " commands wait for their answers"));
    }
}
