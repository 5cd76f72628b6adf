package io.parley.store;

import io.parley.contract.Logbook;
import io.parley.identity.SessionHash;
import io.parley.identity.User;
import io.parley.identity.UserId;
import io.parley.identity.UserName;
import io.parley.room.Content;
import io.parley.room.Entry;
import io.parley.room.MessageKey;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomLog.HeadMove;
import io.parley.room.RoomLog.KeyRef;
import io.parley.room.RoomLog.NewEntry;
import io.parley.room.RoomLog.Transaction;
import io.parley.room.RoomName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The load of {@link SchemaTrial} through the store itself, as the committer asks for it. A program of its own, not a test. */
final class StoreTrial {
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e3;

    private final TrialOptions options;
    private final TrialClock clock;
    private final Map<RoomId, RoomInfo> rooms = new LinkedHashMap<>();
    private final List<RoomId> ids = new ArrayList<>();

    private StoreTrial(TrialOptions options) {
        this.options = options;
        this.clock = new TrialClock(options.rows(), options.group());
    }

    public static void main(String[] arguments) throws IOException {
        TrialOptions options = TrialOptions.parse(arguments);
        Path folder = Files.createTempDirectory(Path.of(options.folder()), "parley-trial");
        try {
            System.out.println(options);
            new StoreTrial(options).run(folder);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private void run(Path folder) throws IOException {
        Checkpointer.Bounds bounds = new Checkpointer.Bounds(options.stepBytes(), options.walBytes(), 10_000);
        try (SqliteStore store = SqliteStore.open(folder, Clock.systemUTC(), new SecureRandom(), 1, bounds)) {
            RoomLog log = store.roomLog();
            openRooms(log);
            TrialGroups groups = new TrialGroups(options);
            long begun = System.nanoTime();
            Duration used = processorTime();
            while (clock.wantsMore()) {
                List<NewEntry> entries = entries(groups.next());
                clock.start();
                write(log, entries);
                clock.stop();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            System.out.print(clock);
            printCosts(took, processorTime().minus(used));
            rooms.values().forEach(room -> requireStored(log, room));
            System.out.printf("log at the end: %d MiB%n", Files.size(folder.resolve("parley.db-wal")) >> 20);
        }
        timeFirstTransaction(folder, bounds);
    }

    /** What the groups took, together with making them up: {@code bench/run} reads this line, and the one before it. */
    private void printCosts(Duration took, Duration used) {
        System.out.printf(
                Locale.ROOT,
                "with making them up: %.0f rows/s; %.2f microseconds of processor time a row%n",
                options.rows() / (double) took.toNanos() * NANOS,
                used.toNanos() / MICROS / options.rows());
    }

    /** Of all threads, in user and kernel mode. */
    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What a start waits for: the keys that are not in the table yet are read again. */
    private static void timeFirstTransaction(Path folder, Checkpointer.Bounds bounds) throws IOException {
        long before = System.nanoTime();
        try (SqliteStore store = SqliteStore.open(folder, Clock.systemUTC(), new SecureRandom(), 1, bounds)) {
            store.roomLog().begin().close();
            System.out.printf("opened again: the first transaction begins after %d ms%n", millisSince(before));
        }
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private void openRooms(RoomLog log) {
        try (Transaction transaction = log.begin()) {
            for (int i = 1; i <= options.rooms(); i++) {
                RoomInfo room = transaction.open(new RoomName("room-" + i), Logbook.MAKER, Instant.now());
                rooms.put(room.id(), room);
                ids.add(room.id());
            }
            transaction.commit();
        }
    }

    private List<NewEntry> entries(List<TrialGroups.Post> posts) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        List<NewEntry> entries = new ArrayList<>(posts.size());
        for (TrialGroups.Post post : posts) {
            RoomId id = ids.get(post.room() - 1);
            RoomInfo room = rooms.get(id);
            if (room == null) {
                throw new IllegalStateException("no room " + id);
            }
            long seq = room.head() + 1;
            rooms.put(id, headed(room, seq, now));
            User author = User.guest(new UserId("g" + post.author()), new UserName("author-" + post.author()));
            String key = Base64.getUrlEncoder().withoutPadding().encodeToString(post.key());
            Content content = Content.plain(post.text());
            Entry entry = new Entry.Message(seq, now, author, content, Optional.of(new MessageKey(key)));
            entries.add(new NewEntry(id, 0, seq, post.hash(), entry));
        }
        return entries;
    }

    /** As the committer does it, with a look-up for each author and each key. */
    private void write(RoomLog log, List<NewEntry> wanted) {
        try (Transaction transaction = log.begin()) {
            List<NewEntry> entries = new ArrayList<>(wanted.size());
            List<KeyRef> keys = new ArrayList<>(wanted.size());
            TreeSet<RoomId> touched = new TreeSet<>();
            for (NewEntry entry : wanted) {
                Entry.Message message = (Entry.Message) entry.entry();
                long author = transaction.author(message.from(), Optional.<SessionHash>empty(), message.at());
                entries.add(new NewEntry(entry.room(), author, entry.ordinal(), entry.hash(), message));
                keys.add(new KeyRef(entry.room(), author, message.key().orElseThrow()));
                touched.add(entry.room());
            }
            transaction.lock(touched);
            if (!transaction.keys(keys).isEmpty()) {
                throw new IllegalStateException("a random key came twice");
            }
            transaction.append(entries);
            transaction.moveHeads(
                    touched.stream().map(rooms::get).map(StoreTrial::move).toList());
            transaction.commit();
        }
    }

    private static void requireStored(RoomLog log, RoomInfo room) {
        long head = log.find(room.name()).orElseThrow().head();
        if (head != room.head()) {
            throw new IllegalStateException(room.name() + " ends at " + head + ", not at " + room.head());
        }
    }

    private static HeadMove move(RoomInfo room) {
        return new HeadMove(room.id(), room.head(), room.messages(), room.touched());
    }

    private static RoomInfo headed(RoomInfo room, long head, Instant at) {
        return new RoomInfo(
                room.id(), room.name(), room.kind(), room.topic(), room.epoch(), room.first(), head, head, at);
    }
}
