package io.parley.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plays the server to one page, to the letter that a test wants; the page's files are those of the build. Confined to the test's thread. */
final class PlayedServer {
    static final String URL = "http://localhost/";

    private static final Path FILES = Path.of("target", "classes", "io", "parley", "web", "page");

    private final Page page;
    private final List<JsonObject> commands = new ArrayList<>();
    private @Nullable WebSocketRoute socket;

    PlayedServer(Page page) {
        this.page = page;
        page.route("**/*", PlayedServer::serve);
        page.routeWebSocket("**/chat", opened -> {
            socket = opened;
            opened.onMessage(frame -> commands.add(
                    Json.createReader(new StringReader(frame.text())).readObject()));
        });
    }

    /** Awaits a command, and takes it. */
    JsonObject command(String name) {
        return command(command -> command.getString("do").equals(name));
    }

    JsonObject command(Predicate<JsonObject> wanted) {
        page.waitForCondition(() -> commands.stream().anyMatch(wanted));
        JsonObject command = commands.stream().filter(wanted).findFirst().orElseThrow();
        commands.remove(command);
        return command;
    }

    /** Sends lines in one message, in which ' stands for ". */
    void says(String... lines) {
        open().send(String.join("\n", lines).replace('\'', '"'));
    }

    /** Sends lines in one message, as they are. */
    void saysRaw(String... lines) {
        open().send(String.join("\n", lines));
    }

    void answersRaw(JsonObject command, String ok) {
        saysRaw("{\"re\":" + command.getInt("id") + ",\"ok\":" + ok + "}");
    }

    /** Answers a command. */
    void answers(JsonObject command, String ok) {
        says("{'re':" + command.getInt("id") + ",'ok':" + ok + "}");
    }

    /** Lets the page say hello; says how it then joins. */
    JsonObject welcomes() {
        answers(
                command("hello"),
                "{'you':{'id':'u1','name':'Ada','guest':true},'token':'t','features':[],'limits':{},'pingInterval':25000}");
        return command("join");
    }

    void breaksOff() {
        closes(1001, "going away");
    }

    void closes(int code, String reason) {
        open().close(new WebSocketRoute.CloseOptions().setCode(code).setReason(reason));
    }

    private WebSocketRoute open() {
        WebSocketRoute open = socket;
        if (open == null) {
            throw new AssertionError("the page has not come");
        }
        return open;
    }

    private static void serve(Route route) {
        String path = URI.create(route.request().url()).getPath().substring(1);
        route.fulfill(new Route.FulfillOptions().setPath(FILES.resolve(path.isEmpty() ? "index.html" : path)));
    }
}
