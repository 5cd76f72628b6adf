package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.conformance.Covers;
import io.parley.contract.Logbook;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomName;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {
    private static final int ALL = 1_000_000_000;

    @TempDir
    Path folder;

    @Test
    @Covers("ok-durable")
    void whatWasAcknowledgedBeforeAKillIsThereOnceAndInOrder() throws Exception {
        Path data = folder.resolve("data");
        Path acknowledged = folder.resolve("acknowledged");
        for (int round = 1; round <= 2; round++) {
            long enough = (Files.exists(acknowledged) ? Files.size(acknowledged) : 0) + 200 * Long.BYTES;
            Process process = OtherProcess.postForEver(data, acknowledged);
            try {
                while (process.isAlive() && (!Files.exists(acknowledged) || Files.size(acknowledged) < enough)) {
                    Thread.onSpinWait();
                }
                assertTrue(process.isAlive(), "the other process ended by itself");
            } finally {
                process.destroyForcibly().waitFor();
            }
            check(data, lastAcknowledged(acknowledged));
        }
    }

    private static void check(Path data, long acknowledged) {
        try (SqliteStore store = SqliteStore.open(data, Clock.systemUTC(), new SecureRandom(), 1)) {
            RoomInfo room = store.roomLog().find(RoomName.LOBBY).orElseThrow();
            RoomLog.Page page = store.roomLog().after(room.id(), 0, ALL, ALL);
            List<String> texts = Logbook.texts(page);
            // One more may have been committed than the process lived to tell.
            assertTrue(texts.size() >= acknowledged, texts.size() + " stored, " + acknowledged + " acknowledged");
            assertEquals(page.room().head(), texts.size());
            assertEquals(
                    LongStream.rangeClosed(1, texts.size())
                            .mapToObj(i -> "message " + i)
                            .toList(),
                    texts);
        }
    }

    private static long lastAcknowledged(Path file) throws Exception {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(in.length() / Long.BYTES * Long.BYTES - Long.BYTES);
            return in.readLong();
        }
    }
}
