package io.parley.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parley.config.Limits;
import io.parley.config.StartFailure;
import io.parley.contract.Logbook;
import io.parley.identity.User;
import io.parley.room.Committer;
import io.parley.room.Content;
import io.parley.room.MessageKey;
import io.parley.room.Room;
import io.parley.room.RoomName;
import io.parley.room.Rooms;
import io.parley.room.TailBudget;
import io.parley.room.Write;
import io.parley.room.Written;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A JVM beside that of the tests, which opens a store and may be killed. Confined to one thread. */
final class OtherProcess {
    static final int OPENED = 0;
    static final int REFUSED = 3;

    private OtherProcess() {}

    /** Starts one that opens the store and closes it again. */
    static Process openAndClose(Path data) throws IOException {
        return start(data.toString());
    }

    /** Starts one that posts until it is killed, and writes the seq of each acknowledged message into a file. */
    static Process postForEver(Path data, Path acknowledged) throws IOException {
        return start(data.toString(), acknowledged.toString());
    }

    private static Process start(String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName());
        builder.command().addAll(List.of(arguments));
        return builder.inheritIO().start();
    }

    public static void main(String[] arguments) throws Exception {
        try (SqliteStore store = SqliteStore.open(Path.of(arguments[0]), Clock.systemUTC(), new SecureRandom(), 1)) {
            if (arguments.length > 1) {
                post(store, Path.of(arguments[1]));
            }
        } catch (StartFailure e) {
            System.exit(REFUSED);
        }
    }

    private static void post(SqliteStore store, Path acknowledged) throws Exception {
        Committer committer =
                new Committer(store.roomLog(), Limits.defaults(), Clock.systemUTC(), new SimpleMeterRegistry());
        committer.start();
        User ann = Logbook.guest("Ann");
        committer
                .submit(new Write.Open(ann.id(), RoomName.LOBBY))
                .toCompletableFuture()
                .join();
        Room lobby = new Rooms(store.roomLog(), Runnable::run, new TailBudget(1 << 20))
                .acquire(RoomName.LOBBY)
                .toCompletableFuture()
                .join()
                .orElseThrow();
        try (RandomAccessFile file = new RandomAccessFile(acknowledged.toFile(), "rw")) {
            file.seek(file.length() / Long.BYTES * Long.BYTES);
            for (long i = lobby.head() + 1; true; i++) {
                Written written = committer
                        .submit(new Write.Append(
                                lobby,
                                ann,
                                Logbook.session("Ann"),
                                Content.plain("message " + i),
                                Optional.of(new MessageKey("key-" + i))))
                        .toCompletableFuture()
                        .join();
                file.writeLong(((Written.Stored) written).seq());
            }
        }
    }
}
