package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever rejoins with {@code after} gets exactly what they missed ("A room is a log", docs/protocol.md §1). */
class ResumeIT {
    private static final long DISTANCE = 100_000;
    private static final long LEFT_AT = 500;
    private static final int WRITERS = 4;
    private static final int AT_A_TIME = 250;
    private static final String ROOM = "archive";

    @TempDir
    Path data;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Ledger ledger = new Ledger();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private ParleyProcess server;

    @BeforeEach
    void prepare() throws IOException {
        System.out.println("seed " + seed);
        server = new ParleyProcess(
                data, "limits.pending=1000", "limits.postsBurst=100000", "limits.postsPerSecond=100000");
        for (int number = 0; number < WRITERS; number++) {
            writers.add(new Writer(List.of(ROOM), AT_A_TIME, new Random(random.nextLong()), ledger));
        }
    }

    @AfterEach
    void end() {
        writers.forEach(Writer::close);
        readers.forEach(Reader::close);
        server.close();
    }

    @Test
    @Covers({"bytes-same", "join-after"})
    void whoeverRejoinsGetsTheBytesThatOthersGotLiveAcrossThreeKills() throws Exception {
        server.start();
        String epoch = openTheRoom();
        Reader live = new Reader(ROOM, epoch, 0, "binary");
        Reader left = new Reader(ROOM, epoch, 0, "text");
        readers.addAll(List.of(live, left));
        live.follow(server.chat());
        left.follow(server.chat());
        everybodyTalks();
        left.await(LEFT_AT);
        left.close();
        long leftAt = left.position();

        killWhen(live, leftAt + DISTANCE / 2);
        live.follow(server.chat());
        everybodyTalks();
        live.await(leftAt + DISTANCE);

        long behind = left.follow(server.chat());
        assertTrue(behind >= DISTANCE, "only " + behind + " entries behind");
        for (long part = 1; part <= 2; part++) {
            killWhen(left, leftAt + part * DISTANCE / 3);
            System.out.println("killed when it had " + (left.position() - leftAt) + " entries of what it missed");
            live.follow(server.chat());
            everybodyTalks();
            left.follow(server.chat());
        }
        left.await(leftAt + DISTANCE);
        everybodyFallsSilent();
        live.await(ledger.size());
        left.await(ledger.size());

        assertSame(live.linesAfter(leftAt), left.linesAfter(leftAt));
        System.out.println(ledger.size() + " entries, the same bytes to both from " + leftAt + " on");
    }

    private String openTheRoom() {
        try (Client client = Client.connect(server.chat())) {
            client.ok("open", Map.of("room", ROOM, "kind", "public"));
            return client.ok("join", Map.of("room", ROOM, "last", 0)).getString("epoch");
        }
    }

    private void killWhen(Reader reader, long position) throws Exception {
        reader.when(position, server::kill);
        reader.await(position);
        server.awaitEnd();
        for (Writer writer : writers) {
            assertEquals(false, writer.silentAfterAKill());
        }
        server.start();
    }

    private void everybodyTalks() {
        for (Writer writer : writers) {
            writer.connect(server.chat());
            writer.talk(true);
        }
    }

    private void everybodyFallsSilent() throws Exception {
        for (Writer writer : writers) {
            writer.fallSilent();
            assertEquals(true, writer.silent().get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals(List.of(), writer.complaints());
        }
    }

    /** Names the first difference: a hundred thousand lines are not shown. */
    private static void assertSame(List<String> live, List<String> resumed) {
        for (int i = 0; i < Math.min(live.size(), resumed.size()); i++) {
            assertEquals(live.get(i), resumed.get(i));
        }
        assertEquals(live.size(), resumed.size());
    }
}
