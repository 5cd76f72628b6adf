package io.parley.hooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.config.HookTargets;
import io.parley.room.EntryEncoding;
import io.parley.room.HookId;
import io.parley.room.HookSecret;
import io.parley.room.OutgoingHook;
import io.parley.room.Position;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.Write;
import io.parley.room.Written;
import io.parley.text.InvalidInput;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;

/**
 * The webhooks that go out. Thread-safe.
 *
 * <p>How far each has come is coalesced: it is written between two {@linkplain #flush flushes}, which a timer makes. What was taken since the
 * last one is sent once more after a crash, under the same id. Overflow rule: beyond {@link Bounds#hooks} none can be added.
 */
public final class OutgoingHooks implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OutgoingHooks.class.getName());
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_CHARACTERS = 16;

    private final Rooms rooms;
    private final Function<Write, CompletionStage<Written>> committer;
    private final SecureRandom random;
    private final Sending with;
    private final ConcurrentSkipListMap<String, Sender> senders = new ConcurrentSkipListMap<>();
    /** Ended, and the store has not been told yet. */
    private final Set<HookId> ended = ConcurrentHashMap.newKeySet();

    /**
     * What it works with. Immutable.
     *
     * @param posters where attempts run, which block
     * @param retriers where those run whose last attempt failed
     */
    public record Collaborators(
            Rooms rooms,
            RoomLog log,
            Function<Write, CompletionStage<Written>> committer,
            EntryEncoding encoding,
            Executor readers,
            Executor posters,
            Executor retriers,
            ScheduledExecutorService timer) {}

    /** @param userAgent what requests say that they come from */
    public OutgoingHooks(
            Collaborators with,
            HookTargets allowed,
            String userAgent,
            Clock clock,
            SecureRandom random,
            MeterRegistry meters) {
        this(
                with,
                new Post.Ways(
                        new PublicAddresses(allowed),
                        Names.OF_THE_SYSTEM,
                        () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        Bounds.USUAL),
                userAgent,
                clock,
                random,
                meters);
    }

    /** The same, with other ways to connect and other bounds. */
    OutgoingHooks(
            Collaborators with,
            Post.Ways ways,
            String userAgent,
            Clock clock,
            SecureRandom random,
            MeterRegistry meters) {
        this.rooms = with.rooms;
        this.committer = with.committer;
        this.random = random;
        this.with = new Sending(
                with.rooms,
                with.log,
                with.encoding,
                with.readers,
                with.posters,
                with.retriers,
                with.timer,
                ways,
                clock,
                random,
                new HookMeters(meters, senders.values()),
                userAgent,
                sender -> end(sender.hook().id()));
    }

    /**
     * One that was just made, with the secret that nobody is told again. Immutable.
     *
     * @param target where it goes, without what may be secret
     */
    public record Made(HookId id, RoomName room, String target, String secret) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    /** Begins to send to those that are stored. Never blocks. */
    public void start(List<OutgoingHook> stored) {
        for (OutgoingHook hook : stored) {
            try {
                start(hook, Target.parse(hook.url()));
            } catch (InvalidInput e) {
                LOG.log(Level.ERROR, "webhook {0} goes nowhere: {1}", hook.id(), e.explanation());
            }
        }
    }

    /**
     * Makes one that is sent what comes from now on. Blocks for looking the host up, then waits for the write.
     *
     * @return empty when there is no such room; fails when the store takes no writes
     * @throws InvalidInput when nothing can be sent there, or there are too many
     */
    public CompletionStage<Optional<Made>> add(RoomName room, String url) {
        Target target = Target.parse(url);
        check(target);
        if (senders.size() >= with.ways().bounds().hooks()) {
            throw new InvalidInput(
                    "URL", "there are " + with.ways().bounds().hooks() + " webhooks already, which is the most");
        }
        return rooms.acquire(room).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            Position now = new Position(found.get().epoch(), found.get().head());
            OutgoingHook hook = new OutgoingHook(id(), room, url, secret(), now);
            return committer
                    .apply(new Write.AddHook(hook))
                    .thenApply(written -> made(hook, target, written))
                    .whenComplete((made, failure) -> rooms.release(found.get()));
        });
    }

    /** All of them, in the order of their ids. */
    public List<HookStatus> all() {
        return senders.values().stream().map(Sender::status).toList();
    }

    /**
     * Ends one, at once and for ever.
     *
     * @return whether that is stored; if not, it will be when the store takes writes again, unless the server ends before
     */
    public CompletionStage<Boolean> end(HookId id) {
        Sender sender = senders.remove(id.value());
        if (sender != null) {
            sender.end();
        }
        ended.add(id);
        return forget(id);
    }

    /** Has written what has moved, and what has ended. Called by a timer, and once at the end; never blocks. */
    public void flush() {
        ended.forEach(id -> {
            CompletionStage<Boolean> unused = forget(id);
        });
        Map<HookId, Position> positions = new HashMap<>();
        senders.values()
                .forEach(sender -> sender.takeMove()
                        .ifPresent(to -> positions.put(sender.hook().id(), to)));
        if (!positions.isEmpty()) {
            committer.apply(new Write.MoveHooks(positions)).thenAccept(written -> moved(positions.keySet(), written));
        }
    }

    /** Sends nothing more; what is under way is cut off, and sent again after the next start. */
    @Override
    public void close() {
        senders.values().forEach(Sender::end);
    }

    private void start(OutgoingHook hook, Target target) {
        Sender sender = new Sender(hook, target, with);
        senders.put(hook.id().value(), sender);
        sender.start();
    }

    private Optional<Made> made(OutgoingHook hook, Target target, Written written) {
        if (!(written instanceof Written.Done)) {
            // It may be stored for all that (a commit without an answer), and nobody would know its secret.
            ended.add(hook.id());
            throw new RejectedExecutionException("a webhook could not be stored");
        }
        start(hook, target);
        return Optional.of(new Made(hook.id(), hook.room(), target.toString(), Signature.spelt(hook.secret())));
    }

    /** What cannot be reached now is no reason: it may be up later. Where nothing may ever be sent is. */
    private void check(Target target) {
        try {
            Post.addresses(target, with.ways());
        } catch (IOException e) {
            throw new InvalidInput("URL", String.valueOf(e.getMessage()));
        }
    }

    private CompletionStage<Boolean> forget(HookId id) {
        return committer.apply(new Write.EndHook(id)).thenApply(written -> {
            boolean done = written instanceof Written.Done;
            if (done) {
                ended.remove(id);
            }
            return done;
        });
    }

    private void moved(Set<HookId> asked, Written written) {
        if (!(written instanceof Written.Done)) {
            for (HookId id : asked) {
                Sender sender = senders.get(id.value());
                if (sender != null) {
                    sender.giveBackMove();
                }
            }
        }
    }

    private HookSecret secret() {
        byte[] secret = new byte[Signature.SECRET_BYTES];
        random.nextBytes(secret);
        return new HookSecret(secret);
    }

    private HookId id() {
        StringBuilder id = new StringBuilder();
        while (id.length() < ID_CHARACTERS) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new HookId(id.toString());
    }
}
