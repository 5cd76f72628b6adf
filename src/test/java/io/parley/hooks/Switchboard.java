package io.parley.hooks;

import static io.parley.contract.Logbook.guest;
import static io.parley.contract.Logbook.session;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.HookTargets;
import io.parley.config.Limits;
import io.parley.config.Network;
import io.parley.contract.Logbook;
import io.parley.delivery.ServerInfo;
import io.parley.identity.User;
import io.parley.room.Amendment;
import io.parley.room.Committer;
import io.parley.room.Content;
import io.parley.room.InMemoryRoomLog;
import io.parley.room.OutgoingHook;
import io.parley.room.Room;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.TailBudget;
import io.parley.room.Write;
import io.parley.room.Written;
import io.parley.subprotocol.superchat.Superchat;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/** Outgoing webhooks on a log in memory, with a lobby, one author and short pauses. Closed by whoever made it. */
final class Switchboard implements AutoCloseable {
    static final RoomName LOBBY = RoomName.LOBBY;

    /** Short enough to wait for. */
    static final Bounds SHORT =
            new Bounds(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(80), 10);

    /** Loopback, under whichever name. */
    static final HookTargets LOOPBACK =
            new HookTargets(Set.of(), List.of(Network.read("127.0.0.0/8").orElseThrow()));

    private static final User ANN = guest("Ann");

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final InMemoryRoomLog log;
    private final Committer committer;
    private final ExecutorService readers = Executors.newFixedThreadPool(2);
    private final ThreadPoolExecutor posters =
            new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final ThreadPoolExecutor retriers =
            new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    /** Thrown, each once, at whoever has an attempt begin. */
    final Queue<Error> troubles = new ConcurrentLinkedQueue<>();

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final Rooms rooms;
    final OutgoingHooks hooks;

    Switchboard() {
        this(new InMemoryRoomLog(), SHORT, LOOPBACK, Names.OF_THE_SYSTEM, () -> {
            throw new IllegalStateException("nothing here speaks TLS");
        });
    }

    Switchboard(InMemoryRoomLog log, Bounds bounds, HookTargets allowed, Names names, Supplier<SSLSocketFactory> tls) {
        this.log = log;
        Limits limits = Limits.defaults();
        committer = new Committer(log, limits, Clock.systemUTC(), meters);
        committer.start();
        new Logbook(log).open("lobby");
        rooms = new Rooms(log, readers, new TailBudget(limits.tailBytes()));
        hooks = new OutgoingHooks(
                new OutgoingHooks.Collaborators(
                        rooms,
                        log,
                        committer::submit,
                        new Superchat(limits, new ServerInfo("Parley", "0", "test")),
                        readers,
                        this::begin,
                        retriers,
                        timer),
                new Post.Ways(new PublicAddresses(allowed), names, tls, bounds),
                "Parley/0",
                Clock.systemUTC(),
                new SecureRandom(),
                meters);
    }

    private void begin(Runnable attempt) {
        Error trouble = troubles.poll();
        if (trouble != null) {
            throw trouble;
        }
        posters.execute(attempt);
    }

    /** A new one for the lobby. */
    OutgoingHooks.Made add(String url) {
        return answer(hooks.add(LOBBY, url)).orElseThrow();
    }

    /** Posts to the lobby; gives the place. */
    long say(String text) {
        Room lobby = lobby();
        Written written = answer(
                committer.submit(new Write.Append(lobby, ANN, session("Ann"), Content.plain(text), Optional.empty())));
        rooms.release(lobby);
        return ((Written.Stored) written).seq();
    }

    void delete(long seq) {
        Room lobby = lobby();
        Written unused = answer(committer.submit(
                new Write.Amend(lobby, ANN, session("Ann"), new Amendment.Delete(seq), Optional.empty())));
        rooms.release(lobby);
    }

    /** What the store has. */
    List<OutgoingHook> stored() {
        hooks.flush();
        // Behind the flush in the same queue.
        Written unused = answer(committer.submit(new Write.Probe()));
        return log.outgoingHooks();
    }

    /** How many attempts are under way. */
    int attempts() {
        return posters.getActiveCount() + retriers.getActiveCount();
    }

    double count(String meter) {
        return meters.get(meter).counter().count();
    }

    static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        hooks.close();
        committer.close();
        timer.shutdownNow();
        posters.shutdownNow();
        retriers.shutdownNow();
        readers.shutdownNow();
    }

    private Room lobby() {
        return answer(rooms.acquire(LOBBY)).orElseThrow();
    }
}
