package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import java.io.IOException;
import java.net.URI;
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

/** Who reads by HTTP gets exactly what others got by WebSocket, whatever becomes of the server ("Polls and streams", docs/protocol.md §5). */
class HttpResumeIT {
    private static final long ENTRIES_BETWEEN_KILLS = 5_000;
    private static final int KILLS = 3;
    private static final int WRITERS = 4;
    private static final int AT_A_TIME = 250;
    private static final String ROOM = "archive";

    @TempDir
    Path data;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Ledger ledger = new Ledger();
    private final List<Writer> writers = new ArrayList<>();
    private final List<AutoCloseable> readers = new ArrayList<>();
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
    void end() throws Exception {
        writers.forEach(Writer::close);
        for (AutoCloseable reader : readers) {
            reader.close();
        }
        server.close();
    }

    @Test
    @Covers({"poll-bytes", "sse-resume", "poll-any-node"})
    void whoPollsAndWhoStreamsGetTheBytesOfTheWebSocketAcrossThreeKills() throws Exception {
        server.start();
        String epoch = openTheRoom();
        URI events = URI.create(server.url() + "api/events");
        Reader live = new Reader(ROOM, epoch, 0, "text");
        HttpReader polls = new HttpReader(events, ROOM, epoch, false);
        HttpReader streams = new HttpReader(events, ROOM, epoch, true);
        readers.addAll(List.of(live, polls, streams));
        for (int kill = 1; kill <= KILLS; kill++) {
            live.follow(server.chat());
            everybodyTalks();
            live.when(kill * ENTRIES_BETWEEN_KILLS, server::kill);
            live.await(kill * ENTRIES_BETWEEN_KILLS);
            server.awaitEnd();
            for (Writer writer : writers) {
                assertEquals(false, writer.silentAfterAKill());
            }
            server.start();
        }
        live.follow(server.chat());
        everybodyTalks();
        for (Writer writer : writers) {
            writer.fallSilent();
            assertEquals(true, writer.silent().get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals(List.of(), writer.complaints());
        }
        live.await(ledger.size());
        polls.await(ledger.size());
        streams.await(ledger.size());
        String all = String.join(",", live.linesAfter(0)) + ",";
        assertEquals(all.length(), polls.entries().length());
        assertTrue(all.equals(polls.entries()), "the bytes of the polls are others");
        assertTrue(all.equals(streams.entries()), "the bytes of the stream are others");
        assertTrue(polls.interrupted() >= KILLS, "only " + polls.interrupted() + " polls were interrupted");
        System.out.println(ledger.size() + " entries, the same bytes by WebSocket, polls and stream");
    }

    private String openTheRoom() {
        try (Client client = Client.connect(server.chat())) {
            client.ok("open", Map.of("room", ROOM, "kind", "public"));
            return client.ok("join", Map.of("room", ROOM, "last", 0)).getString("epoch");
        }
    }

    private void everybodyTalks() {
        for (Writer writer : writers) {
            writer.connect(server.chat());
            writer.talk(true);
        }
    }
}
