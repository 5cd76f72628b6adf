package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said below a message: opened, answered, followed, linked to. */
class ThreadIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    private static final String BOX = "Reply in this thread";

    @RegisterExtension
    final People people = new People(chromium);

    @Test
    void whatIsSaidBelowAMessageIsCountedThereAndReadInOnePlace() throws InterruptedException {
        talk("below", "Who has the key?", "Is it raining?");
        Person ada = people.called("Below Ada", parley.url("below"));
        Person tom = people.called("Below Tom", parley.url("below"));

        tom.does("Who has the key?", "Reply in a thread");
        assertThat(thread(tom)).containsText("Nobody has replied yet");
        answers(tom, "I have");
        answers(tom, "It is on the bench");

        Locator count = ada.message("Who has the key?").locator(".replies");
        assertThat(count).hasText("2 replies");
        count.click();
        assertThat(texts(ada)).hasText(new String[] {"Who has the key?", "I have", "It is on the bench"});
        answers(ada, "Thank you");
        assertThat(texts(tom)).hasText(new String[] {"Who has the key?", "I have", "It is on the bench", "Thank you"});
        assertThat(thread(tom).locator(".replies-here")).hasText("3 replies");
        assertThat(ada.page().locator("main parley-message.in-thread")).hasCount(3);
        assertThat(ada.page().locator("main parley-message .way")).hasCount(1);
    }

    @Test
    void whatIsDoneToItsMessagesIsSeenInTheThread() throws InterruptedException {
        talk("changes", "the root");
        Person ada = people.called("Change Ada", parley.url("changes/thread/1"));
        Person tom = people.called("Change Tom", parley.url("changes/thread/1"));
        answers(ada, "wrogn");
        Locator hers = message(tom, "wrogn");
        hers.hover();
        hers.locator(".tools")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("React"))
                .click();
        tom.page().locator(".emojis button").first().click();
        assertThat(message(ada, "wrogn").locator(".reactions [aria-pressed=false]"))
                .hasText(Pattern.compile("1$"));

        threadBox(ada).press("ArrowUp");
        assertThat(threadBox(ada)).hasValue("wrogn");
        threadBox(ada).fill("right");
        threadBox(ada).press("Enter");
        assertThat(texts(tom))
                .hasText(new Pattern[] {Pattern.compile("^the root$"), Pattern.compile("^right *\\(edited\\)$")});
    }

    @Test
    void theAddressOfAThreadLeadsThereAndTheBackButtonAway() throws InterruptedException {
        talk("linked", "the question");
        Person ada = people.called("Link Ada", parley.url("linked"));
        ada.does("the question", "Reply in a thread");
        answers(ada, "an answer");
        assertThat(ada.page()).hasURL(parley.url("linked/thread/1"));
        ada.page().goBack();
        assertThat(thread(ada)).hasCount(0);

        Person tom = people.comes(Person.atDesk(chromium.browser()), parley.url("linked/thread/1"));
        assertThat(texts(tom)).hasText(new String[] {"the question", "an answer"});
        tom.opens(parley.url("linked/thread/999"));
        assertThat(thread(tom)).containsText("That message is not there any more.");
        assertThat(threadBox(tom)).hasCount(0);
    }

    @Test
    void aThreadIsOpenedWrittenInAndLeftByKeyboardAlone() throws InterruptedException {
        talk("keys", "press any key");
        Person ada = people.called("Key Ada", parley.url("keys"));
        ada.sees("press any key");
        ada.page().locator("main .scroller").focus();
        ada.page().keyboard().press("ArrowUp");
        ada.page().keyboard().press("Enter");
        Locator choice = ada.page()
                .locator(".choices")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reply in a thread"));
        for (int i = 0; i < 20 && !isFocused(choice); i++) {
            ada.page().keyboard().press("Tab");
        }
        ada.page().keyboard().press("Enter");
        assertThat(threadBox(ada)).isFocused();
        ada.page().keyboard().type("this one");
        ada.page().keyboard().press("Enter");
        assertThat(ada.page().locator("main .replies")).hasText("1 reply");
        ada.page().keyboard().press("Escape");
        assertThat(thread(ada)).hasCount(0);
        assertThat(ada.page().locator("main .replies")).isFocused();
        ada.page().keyboard().press("Enter");
        assertThat(texts(ada)).hasText(new String[] {"press any key", "this one"});
    }

    @Test
    void onAPhoneAThreadIsAViewOfItsOwnWithAWayBack() throws InterruptedException {
        talk("pocket", "touch me");
        Person ada = people.comes(Person.PHONE, ColorScheme.LIGHT, parley.url("pocket"));
        ada.message("touch me").locator("p").tap();
        ada.page()
                .getByRole(AriaRole.BUTTON, Person.button("Reply in a thread"))
                .tap();
        assertThat(ada.page().locator("main")).isHidden();
        answers(ada, "touched");
        assertThat(threadBox(ada)).isInViewport();
        ada.page().getByRole(AriaRole.BUTTON, Person.button("Close the thread")).tap();
        assertThat(ada.page().locator("main")).isVisible();
        ada.page().getByRole(AriaRole.LINK, Person.link("1 reply")).tap();
        assertThat(texts(ada)).hasText(new String[] {"touch me", "touched"});
    }

    @Test
    void aDraftInAThreadIsKeptApartFromTheRooms() throws InterruptedException {
        talk("drafts", "the root");
        Person ada = people.called("Draft Ada", parley.url("drafts"));
        ada.box().fill("to all");
        ada.does("the root", "Reply in a thread");
        threadBox(ada).fill("to these");
        ada.page().waitForCondition(() -> ada.remembers("draft:drafts/1").contains("to these"));

        ada.page().reload();

        assertThat(threadBox(ada)).hasValue("to these");
        assertThat(ada.box()).hasValue("to all");
    }

    @Test
    void whatWasSaidWhileOneWasAwayIsThereOnceAndInOrder() throws InterruptedException {
        Person ada;
        try (Poster poster = Poster.called("Away-Poster", parley.url())) {
            poster.opens("away").posts("away", "the root");
            ada = people.called("Away Ada", parley.url("away/thread/1"));
            poster.does(below("away", "first"));
            assertThat(texts(ada)).hasText(new String[] {"the root", "first"});
            ada.losesItsConnection();
            answers(ada, "mine");
            poster.does(below("away", "second")).does(below("away", "third"));
        }
        assertThat(thread(ada).locator(".unsent")).hasCount(0);
        assertThat(texts(ada)).hasCount(5);
        List<String> said = texts(ada).allTextContents();
        assertEquals(new TreeSet<>(List.of("the root", "first", "second", "third", "mine")), new TreeSet<>(said));
        assertEquals(
                List.of("second", "third"),
                said.stream().filter(one -> one.matches("second|third")).toList());
    }

    @Test
    void theRoomStaysWhereItWasReadWhenAThreadOpensBesideIt() throws InterruptedException {
        String words = "a text that is broken into more lines as soon as there is less room for it "
                .repeat(8)
                .strip();
        try (Poster poster = Poster.called("Aside-Poster", parley.url())) {
            poster.opens("aside").postsMany("aside", words, 60);
        }
        Person ada = people.called("Aside Ada", parley.url("aside/45"));
        Locator read = ada.page().locator("main").getByText(words + " 45");
        assertThat(read).isInViewport();
        ada.does(words + " 45", "Reply in a thread");
        assertThat(threadBox(ada)).isFocused();
        assertThat(read).isInViewport();
        ada.page().keyboard().press("Escape");
        assertThat(thread(ada)).hasCount(0);
        assertThat(read).isInViewport();
    }

    @Test
    void aLongThreadIsReadUpToItsFirstAnswer() throws InterruptedException {
        int answers = 180;
        try (Poster poster = Poster.called("Long-Poster", parley.url())) {
            poster.opens("long").posts("long", "the root");
            for (int i = 1; i <= answers; i++) {
                poster.does(below("long", "answer " + i));
            }
        }
        Person ada = people.comes(Person.atDesk(chromium.browser()), parley.url("long/thread/1"));
        assertThat(message(ada, "answer " + answers)).isInViewport();
        Page page = ada.page();
        SortedSet<Integer> seen = new TreeSet<>();
        thread(ada).locator(".scroller").hover();
        page.waitForCondition(() -> {
            List<Integer> shown = texts(ada).allTextContents().stream()
                    .filter(text -> text.startsWith("answer "))
                    .map(text -> Integer.valueOf(text.substring(7)))
                    .toList();
            assertEquals(shown.stream().sorted().distinct().toList(), shown, "out of order, or twice");
            seen.addAll(shown);
            page.mouse().wheel(0, -1_500);
            return shown.contains(1);
        });
        assertEquals(
                IntStream.rangeClosed(1, answers).boxed().collect(TreeSet::new, TreeSet::add, TreeSet::addAll), seen);
    }

    private static void talk(String room, String... texts) throws InterruptedException {
        try (Poster poster = Poster.called(room + "-Poster", parley.url())) {
            poster.opens(room);
            for (String text : texts) {
                poster.posts(room, text);
            }
        }
    }

    private static String below(String room, String text) {
        return "\"do\":\"post\",\"room\":\"" + room + "\",\"thread\":1,\"text\":\"" + text + "\"";
    }

    private static void answers(Person person, String text) {
        threadBox(person).fill(text);
        threadBox(person).press("Enter");
    }

    private static Locator thread(Person person) {
        return person.page().locator("parley-thread");
    }

    private static Locator threadBox(Person person) {
        return thread(person).getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName(BOX));
    }

    private static Locator texts(Person person) {
        return thread(person).locator("parley-message .text");
    }

    private static Locator message(Person person, String text) {
        return thread(person).locator("parley-message", new Locator.LocatorOptions().setHasText(text));
    }

    private static boolean isFocused(Locator element) {
        return Boolean.TRUE.equals(element.evaluate("(element) => element === document.activeElement"));
    }
}
