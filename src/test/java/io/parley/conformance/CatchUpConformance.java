package io.parley.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whoever comes late gets what the others got, to the byte, however much it is (docs/protocol.md §1). */
public interface CatchUpConformance extends Conformance {
    int ENTRIES = 20_000;
    int AUTHORS = 3;

    @Test
    @Covers({"bytes-same", "join-after", "log-seq"})
    default void twentyThousandEntriesAreCaughtUpByteForByteWhileOthersPost() throws Exception {
        SuperchatClient live = server().guest();
        String room = live.opened();
        String epoch = live.join(room).getString("epoch");
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<List<String>> followed = threads.submit(() -> lines(live, room, ENTRIES));
            List<Future<Long>> authors = new ArrayList<>();
            for (int author = 0; author < AUTHORS; author++) {
                SuperchatClient client = server().guest();
                int share = ENTRIES / AUTHORS + (author == 0 ? ENTRIES % AUTHORS : 0);
                authors.add(threads.submit(() -> client.postMany(room, share)));
            }
            List<Future<List<String>>> late = new ArrayList<>();
            for (int after : List.of(0, 1, 4_999)) {
                late.add(threads.submit(latecomer(room, epoch, after, after % 2 == 0)));
            }
            for (Future<Long> author : authors) {
                author.get();
            }
            late.add(threads.submit(latecomer(room, epoch, 0, true)));
            late.add(threads.submit(latecomer(room, epoch, 17, false)));
            List<String> all = followed.get();
            assertGapless(all);
            List<Integer> from = List.of(0, 1, 4_999, 0, 17);
            for (int i = 0; i < late.size(); i++) {
                List<String> caughtUp = late.get(i).get();
                assertTrue(all.subList(from.get(i), ENTRIES).equals(caughtUp), "reader " + i + " got something else");
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<List<String>> latecomer(String room, String epoch, int after, boolean binary) {
        SuperchatClient reader = server().superchat();
        return () -> {
            reader.ok("hello", "frames", binary ? "binary" : "text");
            long head;
            do {
                // Until there is that much to come back to.
                head = Json.number(reader.ok("history", "room", room, "after", after, "limit", 1), "head");
            } while (head < after);
            assertTrue(reader.ok("join", "room", room, "after", after, "epoch", epoch)
                    .getBoolean("complete"));
            return lines(reader, room, ENTRIES - after);
        };
    }

    /** The next messages of a room as they come, from the reply to the join on. */
    private static List<String> lines(SuperchatClient client, String room, int count) {
        return client.messages(room, count).stream()
                .map(SuperchatClient.Line::raw)
                .toList();
    }

    private static void assertGapless(List<String> lines) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            var message = Json.parse(lines.get(i));
            assertEquals(i + 1, Json.number(message, "seq"));
            assertTrue(keys.add(message.getString("key")), "an entry came twice");
        }
    }
}
