package io.parley.container;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** {@code target/parley.war}, to be deployed in the Tomcat of the tests, and that Tomcat's manager. Stateless. */
final class TomcatWar {
    private static final String MANAGER =
            "Basic " + Base64.getEncoder().encodeToString("arquillian:arquillian".getBytes(StandardCharsets.US_ASCII));

    private TomcatWar() {}

    /** The file itself, and nothing set but what all of the Tomcat is. */
    static WebArchive withPresets() {
        return with(Map.of());
    }

    static WebArchive with(Map<String, String> settings) {
        return PackagedWar.inFolderOf("tomcat", settings);
    }

    /** Has the manager stop or start the application; returns when that is done. */
    static void manage(URI context, String command) throws IOException, InterruptedException {
        URI address = context.resolve("/manager/text/" + command + "?path=/parley");
        HttpRequest request =
                HttpRequest.newBuilder(address).header("Authorization", MANAGER).build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (!response.body().startsWith("OK")) {
            throw new AssertionError(command + ": " + response.body());
        }
    }
}
