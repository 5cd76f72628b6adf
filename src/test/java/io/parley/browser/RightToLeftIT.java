package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In a document that runs from right to left the page is its own mirror image, and what people wrote runs as they wrote it. */
class RightToLeftIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    /** What lays out by left and right. The distance from the top, and what is centred, are the same in both. */
    private static final Pattern PHYSICAL = Pattern.compile(
            "(?m)^\\s*((padding|margin|border|scroll-margin|scroll-padding)-(left|right)|left|right|float|clear|text-align: (left|right)|border-(top|bottom)-(left|right)-radius)\\b.*$");

    @RegisterExtension
    final People people = new People(chromium);

    @BeforeAll
    static void talk() throws InterruptedException {
        try (Poster ada = Poster.called("Ada Okafor", parley.url());
                Poster samir = Poster.called("سمير", parley.url())) {
            ada.opens("bench").posts("bench", "Good morning! Is anybody here?");
            samir.posts("bench", "صباح الخير، أنا هنا: build 215 (stable).")
                    .posts("bench", "I can write both ways.")
                    .does("\"do\":\"post\",\"room\":\"bench\",\"thread\":1,\"text\":\"نعم\"")
                    .does("\"do\":\"post\",\"room\":\"bench\",\"replyTo\":1,\"text\":\"أهلا بك\"");
        }
    }

    @Test
    void noStyleLaysOutByLeftAndRight() throws IOException {
        try (Stream<Path> sheets = Files.walk(Path.of("src", "main", "webapp", "css"))) {
            List<String> physical = sheets.filter(Files::isRegularFile)
                    .flatMap(sheet -> PHYSICAL.matcher(text(sheet))
                            .results()
                            .map(found ->
                                    sheet.getFileName() + ": " + found.group().strip()))
                    .toList();
            assertEquals(List.of(), physical);
        }
    }

    @Test
    void everyPartStandsWhereItsMirrorImageWould() {
        Person ada = people.comes(Person.DESKTOP, ColorScheme.LIGHT, parley.url("bench"));
        ada.sees("I can write both ways.");
        ada.page().getByRole(AriaRole.BUTTON, Person.button("Keep this one")).click();
        assertThat(ada.page().locator("parley-hint .buttons")).hasCount(0);
        List<String> parts = List.of(
                ".rooms-side",
                "main",
                ".people-side",
                "parley-header h1",
                "parley-header .room-menu",
                "main parley-message .gutter >> nth=0",
                "main .quote:not(.way)",
                "main parley-composer .send",
                "parley-me .settings");
        List<BoundingBox> before = parts.stream().map(part -> box(ada, part)).toList();
        turn(ada);
        for (int i = 0; i < parts.size(); i++) {
            BoundingBox now = box(ada, parts.get(i));
            assertEquals(Person.DESKTOP - before.get(i).x - before.get(i).width, now.x, 1.5, parts.get(i));
            assertEquals(before.get(i).y, now.y, 1.5, parts.get(i));
        }
        ada.screenshot("rtl");
    }

    @Test
    void namesAndTextsRunAsTheyWereWritten() {
        Person ada = people.comes(Person.DESKTOP, ColorScheme.LIGHT, parley.url("bench/thread/1"));
        assertThat(ada.page().locator("parley-thread .text")).hasCount(2);
        turn(ada);
        assertEquals("ltr", direction(ada.page().locator("main .text").first()));
        assertEquals("rtl", direction(ada.page().locator("main .text").nth(1)));
        assertEquals("ltr", direction(ada.page().locator("main .byline .name").first()));
        assertEquals("rtl", direction(ada.page().locator("main .byline .name").nth(1)));
        ada.box().fill("hello");
        assertEquals("ltr", direction(ada.box()));
        for (String where : List.of(".name", ".quote span", "parley-rooms bdi", "h1 bdi")) {
            Object astray = ada.page()
                    .locator("parley-chat " + where)
                    .evaluateAll(
                            "(all) => all.filter((one) => one.localName !== 'bdi' && !one.closest('[dir=auto], bdi')"
                                    + " && !one.classList.contains('unseen')).map((one) => one.outerHTML)");
            assertEquals(List.of(), astray, where);
        }
        ada.screenshot("rtl-thread");
        ada.does("I can write both ways.", "Reply");
        assertThat(ada.page().locator("main parley-composer .banner b")).hasText("Replying to \u2068سمير\u2069");
    }

    @Test
    void onAPhoneADrawerComesFromTheSideWhereItsButtonIs() {
        Person ada = people.comes(Person.PHONE, ColorScheme.LIGHT, parley.url("bench"));
        turn(ada);
        assertTrue(box(ada, "parley-header .menu").x > Person.PHONE / 2.0);
        // It goes over to the other side as it comes out: in no time, but not at once.
        ada.page().waitForCondition(() -> box(ada, ".rooms-side").x >= Person.PHONE - 1);
        ada.page().locator("parley-header .menu").tap();
        assertThat(ada.page().locator(".rooms-side")).isInViewport();
        ada.page().waitForCondition(() -> {
            BoundingBox side = box(ada, ".rooms-side");
            return Math.abs(side.x + side.width - Person.PHONE) < 1;
        });
        ada.screenshot("rtl-rooms-phone");
        ada.page().keyboard().press("Escape");
        ada.screenshot("rtl-phone");
        assertEquals(
                true, ada.page().evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "scrolls sideways");
    }

    @Test
    void aSentenceOfThePageEndsWhereItsLanguageEndsIt() throws InterruptedException {
        try (Poster maker = Poster.called("Empty Maker", parley.url())) {
            maker.opens("vacant");
        }
        for (String language : List.of("en", "zh")) {
            Person ada = people.comes(Person.DESKTOP, ColorScheme.LIGHT, parley.url() + "?transport=poll#/room/vacant");
            turn(ada);
            assertThat(ada.page().locator("parley-status")).isVisible();
            ada.page().locator("parley-me .settings").click();
            ada.page().locator(".settings-box select").first().selectOption(language);
            endsWell(ada);
            assertEquals(
                    "right", ada.page().locator(".settings-box .help").first().evaluate("""
                    (help) => {
                      const range = document.createRange();
                      range.selectNodeContents(help);
                      const [words, box] = [range.getBoundingClientRect(), help.getBoundingClientRect()];
                      return box.right - words.right < words.left - box.left ? 'right' : 'left';
                    }"""));
            ada.screenshot("rtl-sentences-" + language);
            ada.page().keyboard().press("Escape");
            ada.page().locator("parley-rooms .heading .icon-button").last().click();
            assertThat(ada.page().locator("dialog")).isVisible();
            endsWell(ada);
            ada.opens(parley.url("bench"));
            turn(ada);
            assertThat(ada.page().locator("main a.replies")).isVisible();
            endsWell(ada);
            ada.opens(parley.url() + "doctor.html");
            turn(ada);
            assertThat(ada.page().locator("[data-question=reach]")).hasClass("good");
            endsWell(ada);
        }
    }

    /** No full stop stands before what it ends, and no number after what it counts. */
    private static void endsWell(Person person) {
        Object astray = person.page().evaluate("""
                () => {
                  const astray = [];
                  let seen = 0;
                  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    const end = node.data.trimEnd().length;
                    const counted = /^\\s*\\d+ ?(?=\\p{L})/u.exec(node.data)?.[0].length;
                    if (!counted && !/[\\p{L}\\d][.…!?:。！？：]$/u.test(node.data.slice(0, end))) continue;
                    if (node.parentElement.closest('bdi, [dir=auto], .unseen')) continue;
                    const at = (i) => {
                      const range = document.createRange();
                      range.setStart(node, i);
                      range.setEnd(node, i + 1);
                      return range.getBoundingClientRect();
                    };
                    const [before, last] = counted ? [at(node.data.search(/\\d/)), at(counted)] : [at(end - 2), at(end - 1)];
                    if (last.width === 0) continue;
                    seen++;
                    if (Math.abs(before.top - last.top) < 2 && last.left < before.left) astray.push(node.data.trim());
                  }
                  return seen === 0 ? ['nothing was looked at'] : astray;
                }""");
        assertEquals(List.of(), astray);
    }

    @Test
    void aMenuStaysOnTheScreen() {
        Person ada = people.comes(Person.DESKTOP, ColorScheme.LIGHT, parley.url("bench"));
        ada.sees("I can write both ways.");
        turn(ada);
        ada.does("I can write both ways.", "What to do with this message");
        Locator menu = ada.page().locator(".pop-up");
        assertThat(menu).isInViewport();
        BoundingBox tools = box(ada, "main .tools");
        assertEquals(tools.x, menu.boundingBox().x, 12, "the menu begins elsewhere than its button");
    }

    private static void turn(Person person) {
        person.page().evaluate("document.documentElement.dir = 'rtl'");
    }

    private static BoundingBox box(Person person, String part) {
        Page page = person.page();
        return page.locator(part).boundingBox();
    }

    private static Object direction(Locator element) {
        return element.evaluate("(element) => getComputedStyle(element).direction");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
