package io.parley.conformance;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An event stream as it comes, block by block (HTML, server-sent events). Confined to one thread, but for its own. */
final class EventStream implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final HttpResponse<InputStream> answer;
    /** What came; empty for the end. */
    private final BlockingQueue<Optional<Block>> blocks = new LinkedBlockingQueue<>();

    private String lastId = "";

    /** What stands between two empty lines; a comment is a field without name. Immutable. */
    record Block(Map<String, String> fields) {
        Block {
            fields = Map.copyOf(fields);
        }

        boolean isData() {
            return fields.containsKey("data");
        }

        String raw() {
            return fields.getOrDefault("data", "");
        }

        JsonObject json() {
            return Json.parse(raw());
        }

        String type() {
            return isData() ? json().getString("type") : "";
        }

        boolean isOnlyId() {
            return fields.keySet().equals(Set.of("id"));
        }

        String id() {
            return fields.getOrDefault("id", "");
        }

        boolean isComment() {
            return fields.keySet().equals(Set.of(""));
        }
    }

    EventStream(HttpResponse<InputStream> answer) {
        this.answer = answer;
        Thread reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    int status() {
        return answer.statusCode();
    }

    String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** The next block, whichever it is. */
    Block next() {
        return came().orElseThrow(() -> new AssertionError("the stream ended while more was awaited"));
    }

    /** Reads on to a block; others are dropped. */
    Block next(Predicate<Block> wanted) {
        Block next = next();
        while (!wanted.test(next)) {
            next = next();
        }
        return next;
    }

    Block event(String type) {
        return next(block -> block.type().equals(type));
    }

    /** The next entries of the type {@code message}, however many batches they come in. */
    List<String> messages(int count) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            lines.add(event("message").raw());
        }
        return lines;
    }

    /** The id that was seen last: what a browser would come back with. */
    String lastId() {
        return lastId;
    }

    /** Awaits the end of the stream; gives the blocks before it. */
    List<Block> rest() {
        List<Block> rest = new ArrayList<>();
        for (Optional<Block> block = came(); block.isPresent(); block = came()) {
            rest.add(block.get());
        }
        return rest;
    }

    @Override
    public void close() throws IOException {
        answer.body().close();
    }

    private Optional<Block> came() {
        try {
            Optional<Block> next = Optional.ofNullable(blocks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("nothing came"));
            next.filter(block -> block.fields().containsKey("id")).ifPresent(block -> lastId = block.id());
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            Map<String, String> fields = new HashMap<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    blocks.add(Optional.of(new Block(fields)));
                    fields = new HashMap<>();
                } else {
                    int colon = line.indexOf(':');
                    String value = line.substring(colon + 1);
                    fields.merge(
                            line.substring(0, colon),
                            value.startsWith(" ") ? value.substring(1) : value,
                            (one, more) -> one + "\n" + more);
                }
            }
        } catch (IOException ended) {
            // However it ended, there is no more.
        } finally {
            blocks.add(Optional.empty());
        }
    }
}
