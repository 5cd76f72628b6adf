package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proxy stands between the page and its server and lets through only some of what passes: the page finds the way that there is. */
class FallbackIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    private static final AtomicInteger ROOMS = new AtomicInteger();
    private static final int LONGEST_SWITCH_MESSAGES = 600;

    @RegisterExtension
    final People people = new People(chromium);

    private final String room = "fallback-" + ROOMS.incrementAndGet();
    private final List<String> said = new ArrayList<>();
    private IllProxy proxy;

    @BeforeEach
    void putAProxyInBetween() throws IOException, InterruptedException {
        proxy = new IllProxy(parley.url());
        try (Poster poster = Poster.called("Maker " + room, parley.url())) {
            poster.opens(room);
        }
    }

    @AfterEach
    void takeItAway() throws IOException {
        proxy.close();
    }

    @Test
    void whereUpgradesAreRefusedEverythingGoesByAStreamUntilTheyAreNot() {
        proxy.suffersFrom(IllProxy.Ill.REFUSES_UPGRADES);
        Person ada = comes("Ada");
        Person tom = direct("Tom");
        goesBy(ada, "sse");
        talk(ada, tom);
        assertThat(ada.page().locator("parley-people .name")).hasCount(2);
        tom.box().pressSequentially("about to say");
        assertThat(ada.page().locator("parley-typing")).hasText("Tom " + room + " is typing…");
        assertThat(ada.page().locator("parley-status")).containsText("WebSocket does not get through");
        ada.screenshot("fallback-stream");
        proxy.suffersFrom();
        talkUntil(ada, tom, "websocket");
        assertThat(ada.page().locator("parley-status")).isHidden();
        bothHaveEverything(ada, tom);
    }

    @Test
    void aProxyThatSwallowsFramesIsFoundOutWithinSecondsAndInTheMidstOfATalkToo() {
        proxy.suffersFrom(IllProxy.Ill.SWALLOWS_FRAMES);
        Person ada = comes("Ada");
        Person tom = direct("Tom");
        goesBy(ada, "sse");
        talk(ada, tom);
        proxy.suffersFrom();
        talkUntil(ada, tom, "websocket");
        proxy.suffersFrom(IllProxy.Ill.SWALLOWS_FRAMES);
        talkUntil(ada, tom, "sse");
        proxy.suffersFrom();
        bothHaveEverything(ada, tom);
    }

    @Test
    void whereStreamsAreHeldBackTooEverythingGoesByPolls() {
        proxy.suffersFrom(IllProxy.Ill.REFUSES_UPGRADES, IllProxy.Ill.HOLDS_STREAMS);
        Person ada = comes("Ada");
        Person tom = direct("Tom");
        goesBy(ada, "poll");
        talk(ada, tom);
        ada.page().evaluate("window.dispatchEvent(new Event('focus'))");
        assertThat(ada.page().locator("parley-people .name")).hasCount(2);
        assertThat(ada.page().locator("parley-status")).containsText("the slowest way");
        proxy.suffersFrom(IllProxy.Ill.REFUSES_UPGRADES);
        talkUntil(ada, tom, "sse");
        proxy.suffersFrom(IllProxy.Ill.REFUSES_UPGRADES, IllProxy.Ill.HOLDS_STREAMS);
        proxy.breaksOff();
        talkUntil(ada, tom, "poll");
        bothHaveEverything(ada, tom);
    }

    @Test
    void whatAPersonDoesToAMessageIsDoneEveryWay() {
        Person tom = direct("Tom");
        for (String way : List.of("sse", "poll")) {
            Person ada = people.comes(
                    Person.atDesk(chromium.browser()), parley.url() + "?transport=" + way + "#/room/" + room);
            ada.isCalled("Ada by " + way);
            goesBy(ada, way);
            tom.says("from Tom for " + way);
            ada.sees("from Tom for " + way);
            ada.does("from Tom for " + way, "React");
            ada.page().locator(".pop-up").getByRole(AriaRole.BUTTON).first().click();
            assertThat(tom.message("from Tom for " + way).locator(".reactions [aria-pressed=false]"))
                    .containsText("1");
            ada.says("mistaken by " + way);
            tom.sees("mistaken by " + way);
            ada.does("mistaken by " + way, "Edit");
            ada.box().fill("right by " + way);
            ada.box().press("Enter");
            tom.sees("right by " + way);
            ada.chooses("right by " + way, "Delete");
            ada.dialogButton("Delete").click();
            assertThat(tom.message("right by " + way)).hasCount(0);
            ada.opens(parley.url() + "?transport=" + way + "#/room/lobby");
            goesBy(ada, way);
            tom.says("unread by " + way);
            assertThat(ada.page().locator("parley-rooms li[data-room=" + room + "] .badge"))
                    .hasText("1");
            ada.close();
        }
    }

    @Test
    void theLineThatSaysSoIsQuietOnAPhoneAndGoesWhenOneKnows() {
        Person ada = people.comes(Person.PHONE, ColorScheme.LIGHT, parley.url() + "?transport=poll#/room/" + room);
        assertThat(ada.page().locator("parley-status")).containsText("as the address of this page asks");
        ada.screenshot("fallback-phone");
        assertThat(ada.page().locator(".link-text")).not().containsText("transport");
        assertThat(ada.page().locator("parley-status a")).hasAttribute("href", "doctor.html");
        ada.page().locator("parley-status .hide").tap();
        assertThat(ada.page().locator("parley-status")).isHidden();
    }

    private Person comes(String name) {
        return people.called(name + " " + room, proxy.url(room));
    }

    private Person direct(String name) {
        Person person = people.called(name + " " + room, parley.url(room));
        assertThat(person.page().locator("h1")).hasText("#" + room);
        return person;
    }

    private void talk(Person ada, Person tom) {
        for (int i = 0; i < 5; i++) {
            says(ada, "ada");
            says(tom, "tom");
        }
        bothHaveEverything(ada, tom);
    }

    /** Both go on talking while the page finds its way; that it may try now it is told as browsers tell it. */
    private void talkUntil(Person ada, Person tom, String way) {
        while (!way(ada).equals(way)) {
            assertTrue(said.size() < LONGEST_SWITCH_MESSAGES, "no " + way + " in all that time, but " + way(ada));
            says(ada, "ada");
            says(tom, "tom");
            ada.page().evaluate("window.dispatchEvent(new Event('online'))");
            ada.page().waitForTimeout(100);
        }
        says(ada, "ada");
        says(tom, "tom");
    }

    private void says(Person person, String text) {
        String numbered = text + " " + said.size();
        said.add(numbered);
        person.says(numbered);
    }

    /** Each text once, each author's in their order, and both pages the same. */
    private void bothHaveEverything(Person ada, Person tom) {
        ada.page().waitForCondition(() -> texts(ada).size() >= said.size());
        tom.page().waitForCondition(() -> texts(tom).size() >= said.size());
        ada.hasSentEverything();
        assertEquals(texts(tom), texts(ada));
        for (String author : List.of("ada", "tom")) {
            assertEquals(of(author, said), of(author, texts(ada)));
        }
        assertEquals(said.size(), texts(ada).size());
    }

    private static List<String> of(String author, List<String> texts) {
        return texts.stream().filter(text -> text.startsWith(author)).toList();
    }

    /** All that is in the page's log, also where it is not drawn. */
    private static List<String> texts(Person person) {
        Object texts = person.page()
                .evaluate("document.querySelector('parley-chat').chat.current.items"
                        + ".filter(({ message }) => message).map(({ message }) => message.text).join('\\n')");
        return texts.equals("") ? List.of() : List.of(texts.toString().split("\n", -1));
    }

    private static void goesBy(Person person, String way) {
        Page page = person.page();
        page.waitForCondition(() -> way(person).equals(way));
    }

    private static String way(Person person) {
        return String.valueOf(person.page().evaluate("""
                () => {
                  const { connection } = document.querySelector('parley-chat').chat ?? {};
                  return connection?.phase === 'open' ? connection.way.name : '';
                }"""));
    }
}
