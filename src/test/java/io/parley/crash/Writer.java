package io.parley.crash;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A guest who posts to several rooms, many posts at a time, each under a key of its own. Thread-safe.
 *
 * <p>When the connection ends, what had no answer is kept, and is said again first on the next one, under the same key. What was answered
 * goes into the ledger; an answer that should not be is kept among the {@link #complaints}.
 */
final class Writer implements AutoCloseable {
    /** What a server wrote before it was gone has long come by then. */
    private static final int NOTICED_SECONDS = 1;

    private static final int KEY_BYTES = 16;
    private static final String LETTERS = "etaoin shrdlu \"\\\n\t<&é中文字。🙂";

    private final List<String> rooms;
    private final int atATime;
    private final Random random;
    private final Ledger ledger;
    private final Map<String, Said> unanswered = new LinkedHashMap<>();
    private final ArrayDeque<Said> again = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private Function<String, Optional<Boolean>> inLog = key -> Optional.empty();
    private CompletableFuture<Boolean> silent = CompletableFuture.completedFuture(true);
    private String token = "";
    private String id = "";
    private boolean talking;
    private int underWay;
    private @Nullable Client client;

    private record Said(String room, String key, String text, boolean again) {}

    /** @param atATime how many posts may be unanswered */
    Writer(List<String> rooms, int atATime, Random random, Ledger ledger) {
        this.rooms = List.copyOf(rooms);
        this.atATime = atATime;
        this.random = random;
        this.ledger = ledger;
    }

    /** Comes as the same guest as before. Blocks for the answer. */
    synchronized void connect(URI chat) {
        Client fresh = Client.connect(chat, lines::add);
        JsonObject ok = fresh.ok("hello", token.isEmpty() ? Map.of() : Map.of("token", token));
        token = ok.getString("token", token);
        id = ok.getJsonObject("you").getString("id");
        client = fresh;
    }

    /** Begins to talk: first what had no answer, then new things unless told that there are none. */
    synchronized void talk(boolean newThings) {
        talk(newThings, key -> Optional.empty());
    }

    /**
     * The same, by somebody who has read the log.
     *
     * @param inLog whether the log held that key when this began
     */
    synchronized void talk(boolean newThings, Function<String, Optional<Boolean>> inLog) {
        this.inLog = inLog;
        again.clear();
        unanswered.values().forEach(said -> again.add(new Said(said.room, said.key, said.text, true)));
        talking = newThings;
        silent = new CompletableFuture<>();
        underWay = 0;
        fill();
    }

    /** Says nothing new from now on. */
    synchronized void fallSilent() {
        talking = false;
        fill();
    }

    /** Once the server was killed: whether all had been answered. */
    boolean silentAfterAKill() throws Exception {
        try {
            return silent().get(NOTICED_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // Java's client now and then does not notice that the server is gone, while it has nothing to send.
            close();
        }
        return silent().get(Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Completes when there is nothing more to say and all was answered, true, or the connection is gone, false. */
    synchronized CompletableFuture<Boolean> silent() {
        return silent;
    }

    /** The code with which the connection was closed, once it is. */
    synchronized CompletableFuture<Integer> ended() {
        return connected().ended();
    }

    /** Every line that was no reply, since it first came. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** What was answered as it should not be. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** How much was said that has no answer yet. */
    synchronized int unanswered() {
        return unanswered.size();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    private Client connected() {
        if (client == null) {
            throw new IllegalStateException("not connected");
        }
        return client;
    }

    private void fill() {
        while (underWay < atATime && (talking || !again.isEmpty())) {
            Said old = again.poll();
            say(old != null ? old : somethingNew());
        }
        if (underWay == 0) {
            silent.complete(true);
        }
    }

    private void say(Said said) {
        Client to = connected();
        underWay++;
        unanswered.put(said.key, said);
        var unused = to.ask("post", Map.of("room", said.room, "key", said.key, "text", said.text))
                .whenComplete((reply, failure) -> {
                    if (reply != null) {
                        answered(to, said, reply);
                    } else {
                        // On another thread: a failure at once would otherwise be met in the middle of filling.
                        var unusedToo = CompletableFuture.runAsync(this::failed);
                    }
                });
    }

    private synchronized void failed() {
        silent.complete(false);
    }

    private synchronized void answered(Client from, Said said, JsonObject reply) {
        JsonObject ok = reply.getJsonObject("ok");
        if (ok == null) {
            complaints.add(reply.getJsonObject("error").getString("code"));
            talking = false;
        } else {
            unanswered.remove(said.key);
            note(said, ok);
        }
        if (from == client) {
            underWay--;
            fill();
        }
    }

    private void note(Said said, JsonObject ok) {
        boolean duplicate = ok.getBoolean("duplicate");
        boolean expected = said.again ? inLog.apply(said.key).orElse(duplicate) : false;
        if (duplicate != expected) {
            complaints.add("duplicate: " + duplicate + " for " + said);
        }
        try {
            ledger.add(new Logged(
                    said.room,
                    ok.getJsonNumber("seq").longValueExact(),
                    Instant.parse(ok.getString("at")),
                    id,
                    said.key,
                    said.text));
        } catch (AssertionError e) {
            complaints.add(String.valueOf(e.getMessage()));
        }
    }

    private Said somethingNew() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        String room = rooms.get(random.nextInt(rooms.size()));
        return new Said(room, Base64.getUrlEncoder().withoutPadding().encodeToString(key), text(), false);
    }

    /** Mostly short, now and then long. */
    private String text() {
        int length = random.nextInt(20) == 0 ? random.nextInt(2_000) : random.nextInt(100);
        int[] letters = LETTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder("a");
        random.ints(length, 0, letters.length).forEach(letter -> text.appendCodePoint(letters[letter]));
        return text.append("z").toString();
    }
}
