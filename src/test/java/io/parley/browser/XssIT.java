package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a server sends, nothing of it runs: in names, rooms, topics, texts, edits, reactions, notices, the address. */
class XssIT {
    private static final List<String> PAYLOADS = List.of(
            "<img src=x onerror=\"hacked('@')\">",
            "<svg onload=hacked('@')>",
            "<svg><script>hacked('@')</script></svg>",
            "</textarea><script>hacked('@')</script>",
            "<iframe srcdoc=\"<script>parent.hacked('@')</script>\"></iframe>",
            "<math><mtext><table><mglyph><style><img src=x onerror=hacked('@')>",
            "<details open ontoggle=hacked('@')>",
            "<a href=\"javascript:hacked('@')\">x</a>",
            "<form action=javascript:hacked('@')><button>x",
            "<noscript><p title=\"</noscript><img src=x onerror=hacked('@')>\">",
            "[x](javascript:hacked('@'))",
            "[x](JaVaScRiPt:hacked('@'))",
            "[x](java\tscript:hacked('@'))",
            "[x](&#106;avascript:hacked('@'))",
            "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
            "[x](vbscript:hacked('@'))",
            "[x](https://example.org/\"onmouseover=\"hacked('@'))",
            "[x]: javascript:hacked('@')\n[x]",
            "![x](x\"onerror=\"hacked('@'))",
            "<javascript:hacked('@')>",
            "javascript://example.org/%0ahacked('@')",
            "https://example.org/<img/src=x/onerror=hacked('@')>",
            "```\"><img src=x onerror=hacked('@')>\n</code></pre><script>hacked('@')</script>\n```",
            "`</code><script>hacked('@')</script>`",
            "{{constructor.constructor(\"hacked('@')\")()}}",
            "${hacked('@')}",
            "__proto__",
            "@<img src=x onerror=hacked('@')>");

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    private Person ada;
    private PlayedServer server;

    @BeforeEach
    void openThePage() {
        ada = Person.atDesk(chromium.browser());
        ada.page().addInitScript("window.wasHacked = []; window.hacked = (where) => window.wasHacked.push(where);");
        server = new PlayedServer(ada.page());
    }

    @AfterEach
    void closeThePage() {
        ada.close();
    }

    @Test
    void nothingThatSomebodyWroteRuns() {
        String room = PAYLOADS.get(0);
        ada.opens(PlayedServer.URL + "#/room/"
                + URLEncoder.encode(room, StandardCharsets.UTF_8).replace("+", "%20"));
        server.answersRaw(
                server.command("hello"),
                "{\"you\":" + user("u1", PAYLOADS.get(1)) + ",\"features\":[],\"limits\":{},\"pingInterval\":25000}");
        answerRooms();
        server.answersRaw(
                server.command(command -> command.getString("do").equals("join")
                        && command.getString("room").contains("<img")),
                joined(room));
        List<String> texts = PAYLOADS;
        long seq = texts.size();
        server.saysRaw(
                entry("topic", ++seq, "\"topic\":" + quoted(PAYLOADS.get(2))),
                entry("edit", ++seq, "\"of\":2,\"text\":" + quoted(PAYLOADS.get(3))),
                entry("reaction", ++seq, "\"of\":3,\"on\":true,\"emoji\":" + quoted(PAYLOADS.get(4))),
                "{\"type\":\"typing\",\"room\":" + quoted(room) + ",\"who\":[" + user("u9", PAYLOADS.get(5)) + "]}",
                "{\"type\":\"notice\",\"room\":" + quoted(room) + ",\"text\":" + quoted(PAYLOADS.get(6)) + "}",
                entry("message", ++seq, "\"text\":\"the last\",\"mentions\":[\"u1\"],\"replyTo\":1"));
        ada.sees("the last");
        assertThat(ada.page().locator("parley-message")).hasCount(texts.size() + 1);

        pointAtEverything();
        ada.box().fill("@<");
        ada.page().keyboard().press("Escape");
        ada.page().keyboard().press("Control+k");
        ada.page().keyboard().type("<img");
        ada.page().keyboard().press("Escape");

        assertEquals(List.of(), ada.page().evaluate("window.wasHacked"));
        Locator foreign = ada.page()
                .locator(
                        "parley-message .text :is(img, svg, script, iframe, style, form, math, details, [onerror], [onload])");
        assertThat(foreign).hasCount(0);
    }

    @Test
    void everyLinkLeadsToTheWebOrTheMailAndTellsNobodyWhoFollowsIt() {
        ada.opens(PlayedServer.URL);
        server.answersRaw(server.welcomes(), joined("lobby"));
        String mail =
                "[mail](mailto:a@example.org) [web](https://example.org/) <https://example.org/b> https://example.org/c";
        server.saysRaw(entry("message", PAYLOADS.size() + 1, "\"text\":" + quoted(mail)));
        Locator links = ada.page().locator("parley-message").last().locator("a");
        assertThat(links).hasCount(4);

        Object others = ada.page()
                .evaluate("[...document.querySelectorAll('parley-message .text a')].filter((a) => a.target !== '_blank'"
                        + " || !['noopener', 'noreferrer', 'nofollow'].every((word) => a.relList.contains(word))"
                        + " || !/^(https?|mailto):/.test(a.protocol)).map((a) => a.outerHTML)");
        assertEquals(List.of(), others);
    }

    /** What only happens under a pointer. */
    private void pointAtEverything() {
        for (Locator message : ada.page().locator("parley-message .text").all()) {
            message.hover(new Locator.HoverOptions().setForce(true));
        }
    }

    private void answerRooms() {
        String rooms = PAYLOADS.stream()
                .map(name -> "{\"room\":" + quoted(name) + ",\"kind\":\"public\",\"topic\":" + quoted(name)
                        + ",\"head\":9,\"unread\":1,\"mentions\":1,\"at\":\"2026-01-01T00:00:00.000Z\"}")
                .collect(Collectors.joining(","));
        server.answersRaw(server.command("rooms"), "{\"rooms\":[" + rooms + "],\"more\":false}");
    }

    private static String joined(String room) {
        StringWriter messages = new StringWriter();
        for (int i = 0; i < PAYLOADS.size(); i++) {
            String from = user("u" + (i % 3 + 5), PAYLOADS.get((i + 3) % PAYLOADS.size()));
            messages.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"message\",\"room\":" + quoted(room) + ",\"seq\":" + (i + 1)
                            + ",\"at\":\"2026-01-01T00:00:00.000Z\",\"from\":" + from
                            + ",\"text\":" + quoted(PAYLOADS.get(i)) + "}");
        }
        String present = Stream.of(PAYLOADS.get(7), PAYLOADS.get(8))
                .map(name -> user("p" + name.length(), name))
                .collect(Collectors.joining(","));
        return "{\"room\":" + quoted(room) + ",\"epoch\":\"e\",\"first\":1,\"head\":" + PAYLOADS.size() + ",\"topic\":"
                + quoted(PAYLOADS.get(9)) + ",\"complete\":false,\"messages\":[" + messages
                + "],\"mine\":{},\"present\":["
                + present + "],\"presentCount\":2}";
    }

    private static String entry(String type, long seq, String fields) {
        String room = type.equals("message") && fields.contains("mail") ? "lobby" : PAYLOADS.get(0);
        return "{\"type\":\"" + type + "\",\"room\":" + quoted(room) + ",\"seq\":" + seq
                + ",\"at\":\"2026-01-01T00:00:00.000Z\",\"from\":" + user("u7", PAYLOADS.get(1)) + "," + fields + "}";
    }

    private static String user(String id, String name) {
        return "{\"id\":\"" + id + "\",\"name\":" + quoted(name) + "}";
    }

    private static String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t") + "\"";
    }
}
