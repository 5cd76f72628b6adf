package io.parley.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code target/parley.war}, the file that users get, deployed in Tomcat. */
@Tag("tomcat")
@ArquillianTest
@RunAsClient
class TomcatIT {
    @ArquillianResource
    private URL context;

    @Deployment(testable = false)
    static WebArchive parley() {
        return TomcatWar.withPresets();
    }

    @Test
    void theWarDeploysAndTheServerAnswers() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(java.net.URI.create(context.toString())).build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), "the page is served");
    }
}
