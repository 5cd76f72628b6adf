package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A long history, read from any place in it, in both directions, by a page that does not grow. */
class HistoryIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    private static final int MESSAGES = 900;

    /** As many rows as the page shows at most, with days and lines. */
    private static final int MOST_ROWS = 310;

    @RegisterExtension
    final People people = new People(chromium);

    @BeforeAll
    static void talk() throws InterruptedException {
        try (Poster poster = Poster.called("Poster", parley.url())) {
            poster.opens("long").postsMany("long", "number", MESSAGES);
        }
    }

    @Test
    void allOfItIsReadUpwardsInOrderAndThePageDoesNotGrow() {
        Person ada = people.comes(Person.atDesk(chromium.browser()), parley.url("long"));
        ada.sees("number " + MESSAGES);

        assertEquals(numbers(1), scroll(ada, -2_500, 1));

        ada.page().getByRole(AriaRole.BUTTON, Person.button("Newest messages")).click();
        assertThat(ada.message("number " + MESSAGES)).isInViewport();
    }

    @Test
    void aLinkShowsItsMessageAndFromThereAllIsReadDownToTheNewest() throws InterruptedException {
        Person ada = people.comes(Person.atDesk(chromium.browser()), parley.url("long") + "/300");
        assertThat(ada.message("number 300")).isInViewport();
        assertThat(ada.message("number 300")).hasClass(Pattern.compile("linked"));
        assertThat(ada.message("number " + MESSAGES)).hasCount(0);

        SortedSet<Integer> seen = scroll(ada, 2_500, MESSAGES);

        assertEquals(numbers(seen.first()), seen);
        assertTrue(seen.first() <= 300, seen.first() + " is the first");
        try (Poster poster = Poster.called("Poster-2", parley.url())) {
            poster.posts("long", "and one more");
        }
        ada.sees("and one more");
    }

    @Test
    void theBackButtonLeadsFromALinkedMessageToTheOneBefore() {
        Person ada = people.comes(Person.atDesk(chromium.browser()), parley.url("long") + "/100");
        assertThat(ada.message("number 100")).isInViewport();
        ada.page().evaluate("location.hash = '#/room/long/700'");
        assertThat(ada.message("number 700")).isInViewport();
        ada.page().goBack();
        assertThat(ada.message("number 100")).isInViewport();
    }

    @Test
    void aMessageThatIsNotThereIsToldOfAndTheNewestStays() {
        Person ada = people.comes(Person.atDesk(chromium.browser()), parley.url("long") + "/99999");
        assertThat(ada.page().locator("parley-toast")).hasText("That message is not there any more.");
        assertThat(ada.page().locator("parley-message").last()).isInViewport();
    }

    /** Turns the wheel until a number comes in sight; gives all that were shown, each checked to be in order. */
    private static SortedSet<Integer> scroll(Person person, int pixels, int until) {
        Page page = person.page();
        SortedSet<Integer> seen = new TreeSet<>();
        page.locator("parley-talk .scroller").hover();
        page.waitForCondition(() -> {
            List<Integer> shown = shown(page);
            assertEquals(shown.stream().sorted().distinct().toList(), shown, "out of order, or twice");
            assertTrue(shown.size() <= MOST_ROWS, shown.size() + " rows");
            seen.addAll(shown);
            page.mouse().wheel(0, pixels);
            return shown.contains(until);
        });
        return seen;
    }

    private static List<Integer> shown(Page page) {
        Object numbers = page.evaluate(
                "[...document.querySelectorAll('parley-message .text')].map((text) => text.textContent.match(/number (\\d+)/)?.[1]).filter(Boolean).join()");
        return Pattern.compile(",")
                .splitAsStream(String.valueOf(numbers))
                .map(Integer::valueOf)
                .toList();
    }

    private static SortedSet<Integer> numbers(int from) {
        return IntStream.rangeClosed(from, MESSAGES).boxed().collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }
}
