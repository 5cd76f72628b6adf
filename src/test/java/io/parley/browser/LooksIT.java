package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every view in both themes, on desktop and phone: axe finds nothing against it, and a picture of it lies in
 * {@code target/screenshots}, for people to look at.
 */
class LooksIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    @RegisterExtension
    final People people = new People(chromium);

    @BeforeAll
    static void talk() throws InterruptedException {
        try (Poster ada = Poster.called("Ada Okafor", parley.url());
                Poster tomas = Poster.called("Tomás", parley.url());
                Poster mei = Poster.called("梅 Mei", parley.url())) {
            ada.opens("workshop")
                    .does(
                            "\"do\":\"manage\",\"room\":\"workshop\",\"set\":{\"topic\":\"New boards, old oscilloscope\"}");
            tomas.opens("firmware").opens("lunch").opens("release-notes");
            ada.posts("workshop", "Good morning! The new boards are here, **all twelve** of them.")
                    .posts("workshop", "They are on the bench by the window.");
            tomas.posts("workshop", "Wonderful. I’ll solder the first two after lunch.")
                    .posts("workshop", "@梅 Mei, which firmware shall I flash?");
            mei.posts(
                            "workshop",
                            "早上好！Take [build 215](https://builds.example.org/215), the *watchdog* is fixed in it:\\n\\n```\\nmake flash BUILD=215\\nscreen /dev/ttyUSB0 115200\\n```\\n\\n- it logs to the serial port now\\n- so keep a cable at hand")
                    .does("\"do\":\"react\",\"room\":\"workshop\",\"seq\":2,\"emoji\":\"❤\",\"on\":true");
            tomas.does("\"do\":\"react\",\"room\":\"workshop\",\"seq\":2,\"emoji\":\"❤\",\"on\":true");
            ada.posts("workshop", "I have one in my drawer. And the oscilloscope is free until three.")
                    .does("\"do\":\"post\",\"room\":\"workshop\",\"text\":\"صباح الخير، سأحضر الهوائيات.\"");
            mei.does(
                    "\"do\":\"post\",\"room\":\"workshop\",\"thread\":5,\"text\":\"215: the one before falls asleep.\"");
            tomas.does("\"do\":\"post\",\"room\":\"workshop\",\"thread\":5,\"text\":\"Thanks, flashing now.\"");
            mei.does(
                    "\"do\":\"post\",\"room\":\"workshop\",\"replyTo\":4,\"text\":\"Then let’s say two o’clock, at the bench?\"");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void onADesktop(ColorScheme scheme) {
        Person grace = people.comes(Person.DESKTOP, scheme, parley.url("workshop"));
        grace.sees("Then let’s say two o’clock, at the bench?");
        view(grace, "first-visit", scheme);
        grace.isCalled(scheme == ColorScheme.LIGHT ? "Grace Lim" : "Noor");
        String said =
                scheme == ColorScheme.LIGHT ? "Two o’clock is fine. I’ll make the tea." : "Is there room for one more?";
        grace.says(said).hasSentEverything();
        view(grace, "talk", scheme);
        grace.chooses(said, "Edit");
        view(grace, "edit", scheme);
        grace.page().keyboard().press("Escape");
        grace.does(said, "What to do with this message");
        view(grace, "message-menu", scheme);
        grace.page().keyboard().press("Escape");
        grace.page().locator("parley-me .settings").click();
        view(grace, "settings", scheme);
        grace.page().keyboard().press("Escape");
        grace.page().keyboard().press("Control+k");
        view(grace, "switcher", scheme);
        grace.page().keyboard().press("Escape");
        grace.box().pressSequentially("@to");
        assertThat(grace.page().getByRole(AriaRole.OPTION)).hasCount(1);
        view(grace, "completion", scheme);
        grace.box().fill("");
        grace.opens(parley.url("workshop/thread/5"));
        assertThat(grace.page().locator("parley-thread .text")).hasCount(3);
        view(grace, "thread", scheme);
        grace.opens(parley.url("workshop/thread/3"));
        assertThat(grace.page().locator("parley-thread .text")).hasCount(1);
        view(grace, "thread-empty", scheme);
        grace.opens(parley.url("nowhere"));
        assertThat(grace.page().getByText("There is no room")).isVisible();
        view(grace, "no-room", scheme);
        grace.opens(parley.url("lunch"));
        assertThat(grace.page().getByText("Nobody has said anything here yet")).isVisible();
        view(grace, "empty-room", scheme);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void onAPhone(ColorScheme scheme) {
        Person noor = people.comes(Person.PHONE, scheme, parley.url("workshop"));
        noor.sees("Then let’s say two o’clock, at the bench?");
        view(noor, "first-visit-phone", scheme);
        noor.page().getByRole(AriaRole.BUTTON, Person.button("Keep this one")).click();
        String said = scheme == ColorScheme.LIGHT ? "On my way." : "Running a little late, begin without me.";
        noor.says(said).hasSentEverything();
        view(noor, "talk-phone", scheme);
        noor.message(said).locator("p").tap();
        assertThat(noor.page().locator(".choices")).isVisible();
        view(noor, "message-menu-phone", scheme);
        noor.page().keyboard().press("Escape");
        noor.page().getByRole(AriaRole.BUTTON, Person.button("Show rooms")).click();
        assertThat(noor.page().locator("parley-rooms a").first()).isInViewport();
        view(noor, "rooms-phone", scheme);
        noor.opens(parley.url("workshop/thread/5"));
        assertThat(noor.page().locator("parley-thread .text")).hasCount(3);
        view(noor, "thread-phone", scheme);
    }

    @Test
    void chineseIsSpokenThroughoutWhenItIsChosenAndTheDraftStays() {
        Person lin = people.comes(Person.DESKTOP, ColorScheme.LIGHT, parley.url("workshop"));
        lin.sees("Then let’s say two o’clock, at the bench?");
        lin.box().fill("一半的话");
        lin.page().locator("parley-me .settings").click();
        lin.page().locator(".settings-box select").first().selectOption("zh");
        lin.page().keyboard().press("Escape");

        assertThat(lin.page().locator("parley-chat")).hasAttribute("lang", "zh");
        assertThat(lin.page().locator(".day").first()).hasText("今天");
        assertThat(lin.page().locator("textarea")).hasValue("一半的话");
        assertThat(lin.page().locator("textarea")).hasAttribute("placeholder", "发送到 #workshop");
        assertEquals("", englishWordsIn(lin.page()));
        view(lin, "chinese", ColorScheme.LIGHT);
        lin.page().reload();
        assertThat(lin.page().locator("parley-rooms h2").first()).hasText("房间");
    }

    @Test
    void aThreadIsChineseToo() {
        Person lin = people.comes(Person.DESKTOP, ColorScheme.LIGHT, parley.url("workshop/thread/5"));
        lin.page().locator("parley-me .settings").click();
        lin.page().locator(".settings-box select").first().selectOption("zh");
        lin.page().keyboard().press("Escape");
        assertThat(lin.page().locator("parley-thread h2")).containsText("消息列");
        assertThat(lin.page().locator("main .replies")).hasText("2 条回复");
        assertThat(lin.page().locator("parley-thread .replies-here")).hasText("2 条回复");
        lin.page().locator("parley-thread parley-message").last().hover();
        assertEquals("", englishWordsIn(lin.page()));
        view(lin, "thread-chinese", ColorScheme.LIGHT);
    }

    @Test
    void whatIsWrittenFromRightToLeftStandsAtTheRight() {
        Person ada = people.comes(Person.DESKTOP, ColorScheme.LIGHT, parley.url("workshop"));
        Locator arabic = ada.message("صباح الخير، سأحضر الهوائيات.").locator(".text");
        assertEquals("rtl", arabic.evaluate("(text) => getComputedStyle(text).direction"));
        ada.box().fill("مرحبا");
        assertEquals("rtl", ada.box().evaluate("(box) => getComputedStyle(box).direction"));
    }

    @Test
    void whoWantsLittleMotionGetsNone() {
        Person ada = people.comes(Person.DESKTOP, ColorScheme.LIGHT, parley.url("workshop"));
        ada.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        ada.sees("Then let’s say two o’clock, at the bench?");
        Object moving = ada.page()
                .evaluate("[...document.querySelectorAll('parley-chat *')].filter((element) => {"
                        + " const { transitionDuration, animationName } = getComputedStyle(element);"
                        + " return transitionDuration.split(', ').some((time) => parseFloat(time) > 0) || animationName !== 'none';"
                        + " }).map((element) => element.outerHTML.slice(0, 80))");
        assertEquals(List.of(), moving);
    }

    /** Latin words that the page says of its own accord: not what people wrote or are called. */
    private static String englishWordsIn(Page page) {
        return String.valueOf(page.evaluate("""
                () => {
                  const said = '.text, bdi, .name, .hash, time, .avatar, .brand, option, .topic, .notice, .quote, parley-hint p';
                  const words = [];
                  for (const element of document.querySelectorAll('parley-chat *')) {
                    if (element.closest(said)) continue;
                    const own = [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data);
                    for (const one of [...own, element.title, element.ariaLabel, element.placeholder]) {
                      const left = (one ?? '').replace(/#\\S+|Ctrl|Esc|Parley|workshop/g, '');
                      if (/[a-z]{3}/i.test(left)) words.push(left.trim());
                    }
                  }
                  return words.join(' | ');
                }"""));
    }

    private static void view(Person person, String name, ColorScheme scheme) {
        person.screenshot(name + "-" + scheme.name().toLowerCase(Locale.ROOT));
        List<Rule> violations =
                new AxeBuilder(person.page()).setLegacyMode(true).analyze().getViolations();
        assertEquals(List.of(), violations.stream().map(LooksIT::told).toList(), name);
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }
}
