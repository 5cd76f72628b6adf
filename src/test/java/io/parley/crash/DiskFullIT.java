package io.parley.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.parley.ParleyProcess;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room: nothing is acknowledged that is not kept, readers go on, and with room all goes on by itself. */
@EnabledOnOs(OS.LINUX)
class DiskFullIT {
    private static final int MEGABYTES = 16;
    private static final int MOST_POSTS = 5_000;
    private static final int REFUSALS = 20;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> acknowledged = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();

    @TempDir
    Path data;

    @Test
    void aFullDiskTakesNothingLosesNothingAndIsGotOver() throws Exception {
        try (ParleyProcess server =
                new ParleyProcess(data, onSmallDisk(), "limits.postsBurst=100000", "limits.page=1000")) {
            server.start();
            Path filler = Path.of("/proc", String.valueOf(server.pid()), "root" + data, "filler");
            try (Client client = Client.connect(server.chat())) {
                client.ok("hello", Map.of());
                postUntilRefused(client, 100);
                assertEquals(List.of(), refused);
                assertEquals(OK, ready(server));

                fill(filler);
                postUntilRefused(client, MOST_POSTS);
                assertEquals(1, refused.size(), "refused on a disk without room");
                awaitReady(server, UNAVAILABLE);
                for (int i = 0; i < REFUSALS; i++) {
                    post(client);
                    assertEquals(UNAVAILABLE, ready(server), "ready on a disk without room");
                    assertEquals(List.copyOf(acknowledged.values()), texts(client), "read on a disk without room");
                }

                Files.delete(filler);
                awaitReady(server, OK);
                for (String key : List.copyOf(refused)) {
                    post(client, key);
                }
                assertEquals(List.of(), refused, "still refused when there was room again");
                assertEquals(List.copyOf(acknowledged.values()), texts(client), "read when there was room again");
            }
        } catch (AssertionError e) {
            throw new AssertionError(acknowledged.size() + " acknowledged, " + refused.size() + " refused", e);
        }
    }

    /** Runs a command with a disk of its own in place of the data folder. */
    private List<String> onSmallDisk() throws Exception {
        String mount = "mount -t tmpfs -o size=" + MEGABYTES + "m parley " + data;
        List<String> alone = List.of("unshare", "--mount", "--map-root-user", "sh", "-c");
        List<String> trial = new ArrayList<>(alone);
        trial.add(mount);
        Process mounted = new ProcessBuilder(trial).redirectErrorStream(true).start();
        String said = new String(mounted.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (mounted.waitFor() != 0) {
            fail("no small disk can be had here by unshare and mount: " + said);
        }
        List<String> around = new ArrayList<>(alone);
        around.addAll(List.of(mount + " && exec \"$@\"", "sh"));
        return around;
    }

    private void postUntilRefused(Client client, int most) {
        int before = refused.size();
        for (int i = 0; i < most && refused.size() == before; i++) {
            post(client);
        }
    }

    private void post(Client client) {
        post(client, "key-of-a-post-" + (acknowledged.size() + refused.size()));
    }

    /** Each has its own text, long enough to fill what is left of a page soon. */
    private void post(Client client, String key) {
        String text = "text " + key.substring(key.lastIndexOf('-') + 1) + " ".repeat(1_000) + ".";
        JsonObject reply = client.ask("post", Map.of("room", "lobby", "key", key, "text", text))
                .orTimeout(Client.PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        if (reply.containsKey("ok")) {
            acknowledged.put(key, text);
            refused.remove(key);
        } else {
            assertEquals("unavailable", reply.getJsonObject("error").getString("code"), reply::toString);
            if (!refused.contains(key)) {
                refused.add(key);
            }
        }
    }

    private static List<String> texts(Client client) {
        LogCopy log = new LogCopy("lobby");
        log.readOn(client);
        return log.entries().stream().map(Logged::text).toList();
    }

    private static void fill(Path filler) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[1 << 16]);
            }
        } catch (IOException full) {
            assertTrue(String.valueOf(full.getMessage()).contains("space"), full::toString);
        }
    }

    private int ready(ParleyProcess server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "health/ready"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private void awaitReady(ParleyProcess server, int status) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Client.PATIENCE_SECONDS);
        while (ready(server) != status) {
            assertTrue(System.nanoTime() < until, "/health/ready does not come to answer " + status);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
