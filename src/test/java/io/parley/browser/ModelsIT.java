package io.parley.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page's models without a DOM: {@code src/test/webapp/models.js} tries the sources in a worker. */
class ModelsIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    private static final Path SOURCES = Path.of("src", "main", "webapp");
    private static final Path TESTS = Path.of("src", "test", "webapp");

    @TestFactory
    Stream<DynamicTest> models() {
        JsonArray results =
                Json.createReader(new StringReader(resultsInAWorker())).readArray();
        assertFalse(results.isEmpty(), "no tests were found");
        return results.getValuesAs(JsonObject.class).stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.getString("name"), () -> assertEquals("", result.getString("failure"))));
    }

    private static String resultsInAWorker() {
        try (Page page = chromium.browser().newPage()) {
            page.route("**/*", ModelsIT::serve);
            page.navigate("http://localhost/");
            return String.valueOf(page.evaluate("""
                    () => new Promise((resolve, reject) => {
                      const worker = new Worker('/models.js', { type: 'module' });
                      worker.onmessage = ({ data }) => resolve(data);
                      worker.onerror = (event) => reject(new Error(event.message ?? 'a module could not be read'));
                    })"""));
        }
    }

    private static void serve(Route route) {
        String path = URI.create(route.request().url()).getPath().substring(1);
        Path file = path.startsWith("js/") ? SOURCES.resolve(path) : TESTS.resolve(path);
        if (path.isEmpty()) {
            route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody("<!doctype html>"));
        } else if (Files.exists(file)) {
            route.fulfill(new Route.FulfillOptions().setPath(file));
        } else {
            route.fulfill(new Route.FulfillOptions().setStatus(404));
        }
    }
}
