package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A long text takes a part of the screen until somebody wants all of it. */
class LongTextIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    @RegisterExtension
    final People people = new People(chromium);

    @Test
    void aTextOfManyLinesIsFoldedUntilSomebodyWantsAllOfIt() throws InterruptedException {
        try (Poster poster = Poster.called("Early-Poster", parley.url())) {
            poster.opens("lines").postsMany("lines", "before", 40).posts("lines", lines(60));
        }
        Person ada = people.comes(Person.atDesk(chromium.browser()), parley.url("lines"));
        assertThat(ada.page().locator("main parley-message")).hasCount(41);
        Locator message = ada.page().locator("main parley-message").last();
        Locator text = message.locator(".text");
        assertThat(text).hasClass("text folded");
        assertTrue(height(text) < 400, height(text) + " pixels high");

        Locator fold = button(message, "Show all of it");
        assertThat(fold).hasAttribute("aria-expanded", "false");
        double top = message.boundingBox().y;
        fold.press("Enter");
        assertThat(text).hasClass("text ");
        assertTrue(height(text) > 800, height(text) + " pixels high");
        assertEquals(top, message.boundingBox().y, 2, "where it begins has moved");
        assertThat(button(message, "Show less")).isFocused();

        button(message, "Show less").click();
        assertThat(text).hasClass("text folded");
        assertThat(message.locator(".gutter")).isInViewport();
    }

    @Test
    void aTextIsLongByItsLinesOrItsCharactersAndNotBefore() throws InterruptedException {
        assertThat(folded("one", lines(20))).hasCount(0);
        assertThat(folded("two", lines(21))).hasCount(1);
        assertThat(folded("three", "word ".repeat(300).trim())).hasCount(0);
        assertThat(folded("four", "word ".repeat(301).trim())).hasCount(1);
    }

    @Test
    void whatWasUnfoldedStaysSoWhenSomethingIsSaid() throws InterruptedException {
        Person ada = reads("open", lines(60));
        Locator message = ada.page().locator("main parley-message").last();
        button(message, "Show all of it").click();
        try (Poster poster = Poster.called("Later-Poster", parley.url())) {
            poster.posts("open", "later");
        }
        assertThat(ada.message("later")).hasCount(1);
        assertThat(ada.page().locator("main .text.folded")).hasCount(0);
        assertThat(ada.message("later")).not().isInViewport();
    }

    private Locator folded(String room, String text) throws InterruptedException {
        Person ada = reads(room, text);
        assertThat(ada.page().locator("main parley-message")).hasCount(1);
        return ada.page().locator("main .text.folded");
    }

    private Person reads(String room, String text) throws InterruptedException {
        try (Poster poster = Poster.called("Poster-" + room, parley.url())) {
            poster.opens(room).posts(room, text);
        }
        Person ada = people.comes(Person.atDesk(chromium.browser()), parley.url(room));
        assertThat(ada.page().locator("main parley-message")).hasCount(1);
        return ada;
    }

    private static Locator button(Locator message, String name) {
        return message.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private static double height(Locator element) {
        return element.boundingBox().height;
    }

    /** As a client would write them into JSON. */
    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i).collect(Collectors.joining("\\n"));
    }
}
