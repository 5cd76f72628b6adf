package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody hears of the page who listens to it: what others say, once, and nothing that only comes and goes on the screen. */
class ListeningIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    private static final int HISTORY = 200;

    /**
     * Listens as assistive technology does: to whatever text is added within a live region, as that region is when it is added or,
     * since they hear of it later, a while afterwards.
     */
    private static final String EAR = """
            window.heard = [];
            const LIVE = { log: 'polite', status: 'polite', alert: 'assertive' };
            const livelinessOf = (node) => {
              const from = node.nodeType === 1 ? node : node.parentElement;
              if (!from?.isConnected || !from.checkVisibility() || from.closest('[inert]')) return 'off';
              for (let at = from; at; at = at.parentElement) {
                const live = at.getAttribute('aria-live') ?? LIVE[at.getAttribute('role')];
                if (live) return live;
              }
              return 'off';
            };
            const hear = (node) => {
              const words = node.nodeType === 8 ? '' : (node.textContent ?? '').trim();
              if (words === '') return;
              const at = livelinessOf(node);
              setTimeout(() => {
                if (at !== 'off' || livelinessOf(node) !== 'off') window.heard.push(words);
                window.listened = (window.listened ?? 0) + 1;
              }, 300);
            };
            new MutationObserver((records) => records.forEach(({ type, target, addedNodes }) => {
              if (type === 'characterData') hear(target);
              addedNodes.forEach(hear);
            })).observe(document, { childList: true, characterData: true, subtree: true });""";

    @RegisterExtension
    final People people = new People(chromium);

    @BeforeAll
    static void talk() throws InterruptedException {
        try (Poster poster = Poster.called("Poster", parley.url())) {
            poster.opens("long")
                    .postsMany("long", "number", HISTORY)
                    .opens("other")
                    .posts("other", "elsewhere");
        }
    }

    @Test
    void whatOthersSayIsHeardOnceAndInTheirName() {
        Person ada = listener(Person.atDesk(chromium.browser()), "heard");
        Person tom = people.called("Heard Tom", parley.url("heard"));
        tom.says("good morning");
        awaitHeard(ada, "good morning");
        tom.says("and good night");
        awaitHeard(ada, "and good night");
        assertEquals(List.of("Heard Tom: good morning", "Heard Tom: and good night"), heard(ada));
    }

    @Test
    void whatWasReadOutIsKeptNowhereAndWhatWasDeletedIsGoneAtOnce() {
        Person ada = listener(Person.atDesk(chromium.browser()), "gone");
        Person tom = people.called("Gone Tom", parley.url("gone"));
        tom.says("a secret").hasSentEverything();
        Locator said = ada.page().locator("[role=log]");
        assertThat(said).hasText("Gone Tom: a secret");
        tom.chooses("a secret", "Delete");
        tom.dialogButton("Delete").click();
        ada.sees("This message was deleted.");
        assertEquals("", said.textContent());
        tom.says("no secret");
        assertThat(said).hasText("Gone Tom: no secret");
        assertThat(said).isEmpty();
    }

    @Test
    void whoReadsAThreadOnAPhoneHearsWhatIsSaidInTheRoomToo() {
        Person tom = people.called("Pocket Tom", parley.url());
        tom.joins("pocket").says("the root").hasSentEverything();
        Person ada = listener(new Person(chromium.browser(), Person.PHONE, ColorScheme.LIGHT), "pocket/thread/1");
        assertThat(ada.page().locator("parley-thread .text")).hasText("the root");
        tom.does("the root", "Reply in a thread");
        tom.page().locator("parley-thread textarea").fill("below");
        tom.page().locator("parley-thread textarea").press("Enter");
        awaitHeard(ada, "below");
        assertEquals(List.of("Pocket Tom, in a thread: below"), heard(ada));
    }

    @Test
    void historyOtherRoomsAndWhatIsDrawnAnewAreSilent() throws InterruptedException {
        Person ada = listener(Person.atDesk(chromium.browser()), "long");
        Page page = ada.page();
        ada.sees("number " + HISTORY);
        page.locator("main .scroller").hover();
        page.waitForCondition(() -> {
            page.mouse().wheel(0, -2_000);
            return ada.message("number 1").count() == 1;
        });
        page.getByRole(AriaRole.BUTTON, Person.button("Newest messages")).click();
        ada.opens(parley.url("other"));
        ada.sees("elsewhere");
        ada.opens(parley.url("long"));
        ada.sees("number " + HISTORY);
        try (Poster poster = Poster.called("Poster-2", parley.url())) {
            poster.does("\"do\":\"react\",\"room\":\"long\",\"seq\":" + HISTORY + ",\"emoji\":\"❤\",\"on\":true");
        }
        assertThat(ada.message("number " + HISTORY).locator(".reactions")).isVisible();
        page.locator("parley-me .settings").click();
        page.locator(".settings-box select").first().selectOption("zh");
        page.keyboard().press("Escape");
        assertThat(page.locator("parley-rooms h2").first()).hasText("房间");
        listenedTo(ada);
        assertEquals(List.of(), heard(ada));
    }

    @Test
    void onesOwnWordsAreNotRepeated() {
        Person ada = listener(Person.atDesk(chromium.browser()), "own");
        ada.says("it is me").says("and me again").hasSentEverything();
        ada.sees("and me again");
        ada.page().locator("main parley-message").last().hover();
        listenedTo(ada);
        assertEquals(List.of(), heard(ada));
    }

    @Test
    void aCrowdIsToldOfByItsNumberAndSoIsWhatWasMissed() throws InterruptedException {
        int crowd = 60;
        Person ada = listener(Person.atDesk(chromium.browser()), "crowd");
        try (Poster poster = Poster.called("Crowd-Poster", parley.url())) {
            poster.postsMany("crowd", "cheer", crowd);
            ada.sees("cheer " + crowd);
            ada.page().waitForCondition(() -> told(ada) == crowd);
            assertTrue(heard(ada).size() <= 8, heard(ada).toString());

            ada.losesItsConnection();
            poster.postsMany("crowd", "missed", crowd);
            ada.sees("missed " + crowd);
            ada.page().waitForCondition(() -> told(ada) == 2 * crowd);
            assertTrue(heard(ada).size() <= 16, heard(ada).toString());
        }
    }

    private Person listener(Person person, String room) {
        person.page().addInitScript(EAR);
        people.comes(person, parley.url());
        String name = room.replaceAll("/.*", "");
        person.page().evaluate("() => window.heard.length = 0");
        if (!name.equals("long")) {
            person.joins(name);
        }
        person.opens(parley.url(room));
        assertThat(person.page().locator("h1").first()).containsText(name);
        person.page().evaluate("() => window.heard.length = 0");
        return person;
    }

    /** Messages that were read out, or counted. */
    private static int told(Person person) {
        int told = 0;
        for (String words : heard(person)) {
            Matcher more = Pattern.compile("^(\\d+) more message").matcher(words);
            told += more.find() ? Integer.parseInt(more.group(1)) : 1;
        }
        return told;
    }

    private static void awaitHeard(Person person, String words) {
        person.page().waitForCondition(() -> heard(person).stream().anyMatch(said -> said.contains(words)));
        listenedTo(person);
    }

    /** Whatever has been added by now was listened to. */
    private static void listenedTo(Person person) {
        person.page().evaluate("""
                () => new Promise((resolve) => {
                  const last = document.body.appendChild(document.createElement('p'));
                  last.textContent = 'x';
                  const before = window.listened;
                  const ask = () => (window.listened > before ? resolve() : setTimeout(ask, 20));
                  setTimeout(ask, 300);
                  last.remove();
                })""");
    }

    @SuppressWarnings("unchecked")
    private static List<String> heard(Person person) {
        return (List<String>) person.page().evaluate("() => [...window.heard]");
    }
}
