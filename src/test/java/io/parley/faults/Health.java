package io.parley.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.ParleyProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** How a running server is, as an operator sees it. Stateless. */
public final class Health {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Health() {}

    /** The sum of a metric over its labels. */
    static double metric(ParleyProcess server, String name) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + "metrics")).build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        return answer.body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** How many are connected, polls that wait among them. */
    public static long connections(ParleyProcess server) throws IOException, InterruptedException {
        return Math.round(metric(server, "parley_connections"));
    }

    /** What of the heap is in use when all garbage is gone, in bytes. */
    static long heapBytes(ParleyProcess server) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        // Twice: what only references to the first left over goes with the second.
        for (int i = 0; i < 2; i++) {
            Process collection = new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertEquals(0, collection.waitFor(), "jcmd");
        }
        return Math.round(metric(server, "jvm_memory_used_bytes{area=\"heap\""));
    }
}
