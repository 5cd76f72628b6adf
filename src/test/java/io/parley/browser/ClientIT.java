package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.AriaRole;
import io.parley.conformance.Covers;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the protocol asks of clients, by the page (docs/protocol.md §1, §4). */
class ClientIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    private Person ada;
    private PlayedServer server;

    @BeforeEach
    void openThePage() {
        ada = Person.atDesk(chromium.browser());
        server = new PlayedServer(ada.page());
        ada.opens(PlayedServer.URL);
        JsonObject join = server.welcomes();
        assertFalse(join.containsKey("after"));
        server.answers(join, joined(2, "{" + entry("message", 2) + ",'text':'in the page'}"));
        ada.sees("in the page");
    }

    @AfterEach
    void closeThePage() {
        ada.close();
    }

    @Test
    @Covers({"key-length", "key-resend", "log-advance", "log-match"})
    void thePositionIsNotMovedByTheReplyToAWrite() {
        ada.says("hello");
        JsonObject post = server.command("post");
        assertTrue(post.getString("key").matches("[\\w-]{22}"), "16 random bytes in base64url");
        server.answers(post, "{'seq':9,'at':'2026-01-01T00:00:00.000Z','duplicate':false}");
        server.breaksOff();
        JsonObject again = server.welcomes();
        assertEquals(2, again.getInt("after"));
        server.answers(
                again, "{'room':'lobby','epoch':'e','first':1,'head':9,'topic':'','complete':true,'presentCount':0}");
        server.says("{" + entry("message", 3) + ",'text':'hello','key':'" + post.getString("key") + "'}");
        ada.hasSentEverything();
        ada.sees("hello");
    }

    @Test
    @Covers({"log-advance", "log-ignore", "sc-lines"})
    void unknownEventsAreIgnoredAndThoseWithASeqAdvanceThePosition() {
        server.says(
                "{'type':'firework','colour':'red'}",
                "{" + entry("comet", 3) + ",'tail':{'text':'never shown'}}",
                "{" + entry("message", 4) + ",'text':'behind the comet'}",
                "{" + entry("comet", 5) + "}");
        ada.sees("behind the comet");
        server.breaksOff();
        assertEquals(5, server.welcomes().getInt("after"));
        assertThat(ada.page().locator("parley-message")).hasCount(2);
    }

    @Test
    @Covers("page-events")
    void eventsThatAPageHoldsAlreadyAndThoseAboutUnknownMessagesChangeNothing() {
        server.says(
                "{" + entry("edit", 3) + ",'of':1,'text':'of a message that was not loaded'}",
                "{" + entry("edit", 2) + ",'of':2,'text':'older than the page'}",
                "{" + entry("message", 4) + ",'text':'the next'}");
        ada.sees("the next");
        ada.sees("in the page");
        assertThat(ada.page().locator("parley-message")).hasCount(2);
        server.breaksOff();
        assertEquals(4, server.welcomes().getInt("after"));
    }

    @Test
    @Covers("key-resend")
    void whatIsRefusedSaysWhyAndIsTriedAgainUnderTheSameKey() {
        ada.says("hello");
        JsonObject post = server.command("post");
        server.says("{'re':" + post.getInt("id") + ",'error':{'code':'forbidden','message':'this room only listens'}}");
        assertThat(ada.page().locator("parley-message.failed .fate")).containsText("Not sent. This room only listens.");

        ada.page().getByRole(AriaRole.BUTTON, Person.button("Try again")).click();
        JsonObject again = server.command("post");
        assertEquals(post.getString("key"), again.getString("key"));
        server.answers(again, "{'seq':3,'at':'2026-01-01T00:00:00.000Z','duplicate':false}");
        server.says("{" + entry("message", 3) + ",'text':'hello','key':'" + post.getString("key") + "'}");

        ada.hasSentEverything();
        assertThat(ada.page().locator("parley-message")).hasCount(2);
    }

    @Test
    void whatIsWrittenLooksSentOnlyOnceTheServerHasIt() {
        ada.says("hello");
        JsonObject post = server.command("post");
        assertThat(ada.page().locator("parley-message.unsent.sending")).hasCount(1);
        assertThat(ada.page().getByText("Sending…")).isVisible();
        server.answers(post, "{'seq':3,'at':'2026-01-01T00:00:00.000Z','duplicate':false}");
        assertThat(ada.page().locator("parley-message.unsent.sent")).hasCount(1);
        assertThat(ada.page().getByText("Sending…")).hasCount(0);
        server.says("{" + entry("message", 3) + ",'text':'hello','key':'" + post.getString("key") + "'}");
        assertThat(ada.page().locator("parley-message.unsent")).hasCount(0);
        assertThat(ada.page().locator("parley-message")).hasCount(2);
    }

    @Test
    void onWakingThePageAsksWhetherAnythingIsMissingAndADeadLineIsFoundWithinSeconds() {
        ada.page().evaluate("window.dispatchEvent(new Event('focus'))");
        JsonObject probe = server.command("probe");
        assertEquals(2, probe.getJsonObject("rooms").getJsonObject("lobby").getInt("seq"));

        assertEquals(2, server.welcomes().getInt("after"), "nobody answered: the page came back by itself");
    }

    @Test
    @Covers("close-3003")
    void whoWasPutOutForEverIsToldSoInTheirLanguageAndComesBackOnlyIfTheyAsk() {
        server.says("{'type':'bye','code':3003,'reason':'in the words of a server','reconnect':false}");
        server.closes(3003, "in the words of a server");

        assertThat(ada.page().locator("parley-status")).containsText("The operator has ended your session.");
        ada.page().locator("parley-me .settings").click();
        ada.page().locator(".settings-box select").first().selectOption("zh");
        ada.page().keyboard().press("Escape");
        assertThat(ada.page().locator("parley-status")).containsText("管理员已结束你的会话。");
        ada.page().getByRole(AriaRole.BUTTON, Person.button("重新连接")).click();
        assertEquals(2, server.welcomes().getInt("after"));
        assertThat(ada.page().locator("parley-status")).isHidden();
    }

    private static String entry(String type, long seq) {
        return "'type':'" + type + "','room':'lobby','seq':" + seq
                + ",'at':'2026-01-01T00:00:00.000Z','from':{'id':'u1','name':'Ada','guest':true}";
    }

    private static String joined(long head, String message) {
        return "{'room':'lobby','epoch':'e','first':1,'head':" + head + ",'topic':'','complete':false,'messages':["
                + message + "],'mine':{},'present':[],'presentCount':0}";
    }
}
