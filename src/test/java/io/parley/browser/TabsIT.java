package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.parley.ParleyProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several tabs of one person, and what becomes of what they wrote in each. */
class TabsIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    final People people = new People(chromium);

    @TempDir
    Path data;

    private ParleyProcess server;

    @BeforeEach
    void startTheServer() throws IOException {
        server = new ParleyProcess(data);
        server.start();
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @Test
    void whatATabThatWasClosedHadNotSentIsSentOnceByAnother() throws Exception {
        Person ada = people.called("Ada", server.url());
        Person tom = people.called("Tom", server.url());
        Page other = ada.anotherTab(server.url());
        ada.says("before").hasSentEverything();
        assertThat(other.getByText("before")).isVisible();
        // Else the server may end before this tab knows that it was sent, and it is one more of the unsent.
        assertThat(other.locator("parley-message.unsent")).hasCount(0);

        server.stop();
        ada.says("one").says("two");
        assertThat(other.locator("parley-message.unsent.elsewhere")).hasCount(2);
        ada.page().close();
        assertThat(other.locator("parley-message.unsent.waiting")).hasCount(2);
        server.start();

        tom.sees("one");
        tom.sees("two");
        assertThat(other.locator("parley-message.unsent")).hasCount(0);
        assertThat(tom.page().locator("parley-message .text")).hasText(new String[] {"before", "one", "two"});
        assertThat(other.locator("parley-message .text")).hasText(new String[] {"before", "one", "two"});
    }

    @Test
    void aDraftAndWhatWasReadAreTheSameInEveryTabAndNothingIsDrawnTwice() {
        Person ada = people.called("Ada", server.url());
        Person tom = people.called("Tom", server.url());
        Page other = ada.anotherTab(server.url() + "#/room/lobby");

        ada.box().fill("half a sentence");
        assertThat(boxOf(other)).hasValue("half a sentence");
        ada.says("the whole");
        assertThat(boxOf(other)).hasValue("");
        assertThat(other.getByText("the whole")).hasCount(1);
        tom.says("for both");
        assertThat(other.locator("main").getByText("for both")).hasCount(1);

        other.locator("parley-me .settings").click();
        other.locator(".settings-box select").first().selectOption("zh");
        assertThat(ada.page().locator("parley-rooms h2").first()).hasText("房间");
    }

    @Test
    void aReplyThatWasBegunIsThereAfterAReload() {
        Person ada = people.called("Ada", server.url());
        ada.says("the question").hasSentEverything();
        ada.does("the question", "Reply");
        ada.box().fill("half an ans");

        ada.page().reload();

        assertThat(ada.box()).hasValue("half an ans");
        assertThat(ada.page().locator("parley-composer .banner")).containsText("the question");
        ada.box().pressSequentially("wer");
        ada.box().press("Enter");
        assertThat(ada.page().locator("parley-message .quote")).containsText("the question");
    }

    @Test
    void anOutageUnderTwoSecondsIsNotSeenAndATextWrittenInItGoesOut() {
        Person ada = people.called("Ada", server.url());
        Person tom = people.called("Tom", server.url());
        ada.page().evaluate("""
                new MutationObserver((changes) => {
                  window.blinked ||= !document.querySelector('parley-status').hidden;
                }).observe(document.querySelector('parley-status'), { attributes: true })""");
        ada.page().evaluate("window.blinked = false");

        ada.losesItsConnection();
        ada.says("in between");

        tom.sees("in between");
        ada.hasSentEverything();
        assertEquals(false, ada.page().evaluate("window.blinked"));
    }

    private static Locator boxOf(Page page) {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^Message #")));
    }
}
