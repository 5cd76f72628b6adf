package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do with messages and rooms, and what the others see of it. */
class TalkIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    @RegisterExtension
    final People people = new People(chromium);

    @Test
    void anEditIsSeenByAllAndTheDraftThatWasInTheBoxComesBack() {
        Person ada = inANewRoom("Edit Ada", "edits");
        Person tom = people.called("Edit Tom", parley.url("edits"));
        ada.says("two o'clokc").sees("two o'clokc");
        ada.hasSentEverything();
        ada.box().press("ArrowUp");
        assertThat(ada.box()).hasValue("two o'clokc");
        ada.box().press("Escape");
        ada.box().fill("a draft");

        ada.does("two o'clokc", "Edit");
        ada.box().fill("two o'clock");
        ada.box().press("Enter");

        tom.sees("two o'clock");
        assertThat(tom.message("two o'clock").locator(".edited")).isVisible();
        assertThat(ada.box()).hasValue("a draft");
        assertThat(ada.page().locator("parley-composer .banner")).hasCount(0);
    }

    @Test
    void aMessageIsDeletedOnlyAfterAQuestionAndThenForAll() {
        Person ada = inANewRoom("Delete Ada", "deletions");
        Person tom = people.called("Delete Tom", parley.url("deletions"));
        ada.says("a mistake");
        tom.sees("a mistake");

        ada.chooses("a mistake", "Delete");
        ada.dialogButton("Cancel").click();
        ada.sees("a mistake");
        ada.chooses("a mistake", "Delete");
        ada.dialogButton("Delete").click();

        tom.sees("This message was deleted.");
        assertThat(tom.page().getByText("a mistake")).hasCount(0);
        assertEquals(
                0, tom.message("This message was deleted.").locator(".tools").count());
    }

    @Test
    void aReplyQuotesWhatItAnswersAndLeadsThere() throws InterruptedException {
        try (Poster poster = Poster.called("Reply-Poster", parley.url())) {
            poster.opens("replies").posts("replies", "the question");
            for (int i = 1; i <= 70; i++) {
                poster.posts("replies", "between " + i);
            }
        }
        Person ada = people.called("Reply Ada", parley.url("replies"));
        ada.does("between 70", "Reply");
        assertThat(ada.page().locator("parley-composer .banner")).containsText("Replying to Reply-Poster");
        ada.says("an answer to the last").hasSentEverything();
        assertThat(ada.message("an answer to the last").locator(".quote")).containsText("between 70");

        Locator box = ada.page().locator("parley-talk .scroller");
        ada.page().waitForCondition(() -> {
            box.hover();
            ada.page().mouse().wheel(0, -2_000);
            return ada.message("the question").isVisible();
        });
        ada.does("the question", "Reply");
        ada.says("an answer to the first").hasSentEverything();
        ada.message("an answer to the first").locator(".quote").click();

        Locator linked = ada.page().locator("parley-message.linked");
        assertThat(linked.locator(".text")).hasText("the question");
        assertThat(linked).isInViewport();
    }

    /** In every frame the scroller tells where it is before the page draws, as it does of a move from just before. */
    @Test
    void aJumpIsNotUndoneByWhatTheScrollerTellsLate() throws InterruptedException {
        try (Poster poster = Poster.called("Late-Poster", parley.url())) {
            poster.opens("late").posts("late", "the question");
            for (int i = 1; i <= 70; i++) {
                poster.posts("late", "between " + i);
            }
        }
        Person ada = people.called("Late Ada", parley.url("late"));
        ada.sees("between 70");
        ada.page().evaluate("""
                () => {
                  const scroller = document.querySelector('parley-talk .scroller');
                  const tell = () => {
                    scroller.dispatchEvent(new Event('scroll'));
                    requestAnimationFrame(tell);
                  };
                  requestAnimationFrame(tell);
                  location.hash += '/1';
                }""");

        Locator linked = ada.page().locator("parley-message.linked");
        assertThat(linked.locator(".text")).hasText("the question");
        assertThat(linked).isInViewport();
    }

    @Test
    void aReactionIsCountedOnceAndTakenBackByWhoGaveIt() {
        Person ada = inANewRoom("React Ada", "reactions");
        Person tom = people.called("React Tom", parley.url("reactions"));
        ada.says("cake?");
        tom.does("cake?", "React");
        tom.page().locator(".emojis button").first().click();

        Locator mine = tom.message("cake?").locator(".reactions [aria-pressed=true]");
        assertThat(mine).hasText(Pattern.compile("1$"));
        Locator others = ada.message("cake?").locator(".reactions [aria-pressed=false]");
        others.click();
        assertThat(mine).hasText(Pattern.compile("2$"));
        ada.page().reload();
        assertThat(ada.message("cake?").locator(".reactions [aria-pressed=true]"))
                .hasText(Pattern.compile("2$"));
        mine.click();
        assertThat(ada.message("cake?").locator(".reactions [aria-pressed=true]"))
                .hasText(Pattern.compile("1$"));
    }

    @Test
    void whoIsMentionedIsToldInTheListAndTheTitleAndFindsTheLineWhereNewBegins() {
        Person ada = inANewRoom("Zoë Okafor", "mentions");
        Person tom = people.called("Mention Tom", parley.url("mentions"));
        tom.says("before").hasSentEverything();
        ada.sees("before");
        ada.page().getByRole(AriaRole.LINK, Person.link("lobby")).click();
        assertThat(ada.page().locator("h1")).hasText("#lobby");

        tom.box().pressSequentially("who has the key, @zoe");
        assertThat(tom.page().getByRole(AriaRole.OPTION)).containsText("Zoë Okafor");
        tom.box().press("Tab");
        assertThat(tom.box()).hasValue("who has the key, @Zoë Okafor ");
        tom.box().press("Enter");
        tom.says("anybody?");

        Locator link = ada.page().locator("parley-rooms [data-room=mentions] a");
        assertThat(link).hasAccessibleName(Pattern.compile("2 new messages, 1 mentions you"));
        assertThat(ada.page()).hasTitle(Pattern.compile("^\\(@1\\) #lobby"));
        link.click();
        Locator called = ada.page().locator("parley-message.calls-me");
        assertThat(called.locator(".called")).hasText("@Zoë Okafor");
        assertThat(ada.page().locator("parley-talk .new + parley-message.calls-me"))
                .hasCount(1);
        assertThat(ada.page()).hasTitle(Pattern.compile("^#mentions"));
    }

    @Test
    void whatWasReadHereIsReadInTheNextBrowserToo() {
        Person ada = inANewRoom("Read Ada", "marks");
        Person tom = people.called("Read Tom", parley.url("marks"));
        tom.says("one").says("two").hasSentEverything();
        ada.says("seen").hasSentEverything();
        ada.page().waitForCondition(() -> ada.remembers("seen").contains("marks"));
        Person again = people.comes(ada.withoutMemory(chromium.browser()), parley.url());
        ada.page().close();
        tom.sees("seen");
        tom.says("three").hasSentEverything();

        assertThat(again.page().locator("parley-me .name")).hasText("Read Ada");
        again.opens(parley.url("marks"));
        again.sees("three");
        assertThat(again.page().locator("parley-talk .new + parley-message .text"))
                .hasText("three");
    }

    @Test
    void whoIsTypingIsSeenUntilTheySendOrStop() {
        Person ada = inANewRoom("Type Ada", "typing");
        Person tom = people.called("Type Tom", parley.url("typing"));
        Locator line = ada.page().locator("parley-typing");

        tom.box().pressSequentially("I am");
        assertThat(line).hasText("Type Tom is typing…");
        tom.box().press("Enter");
        assertThat(line).isEmpty();
        tom.box().pressSequentially("and");
        assertThat(line).hasText("Type Tom is typing…");
        tom.box().fill("");
        assertThat(line).isEmpty();
    }

    @Test
    void aTopicIsSetByWhoMadeTheRoomAndRefusedInPlaceToOthers() {
        Person ada = inANewRoom("Topic Ada", "topics");
        Person tom = people.called("Topic Tom", parley.url("topics"));

        tom.roomMenu("Set the topic");
        tom.answers("mine");
        assertThat(tom.page().getByRole(AriaRole.ALERT)).not().isEmpty();
        tom.dialogButton("Cancel").click();
        ada.roomMenu("Set the topic");
        ada.answers("Cake and tea");

        assertThat(tom.page().locator("parley-header .topic")).hasText("Cake and tea");
        assertThat(tom.page().getByText("Topic Ada set the topic: Cake and tea"))
                .isVisible();
    }

    @Test
    void aRoomThatWasLeftIsAmongTheOthersAndCallsNobody() {
        Person ada = inANewRoom("Leave Ada", "left");
        Person tom = people.called("Leave Tom", parley.url("left"));

        ada.roomMenu("Leave this room");
        assertThat(ada.page().locator("h1")).hasText("#lobby");
        assertThat(ada.page().locator("[aria-labelledby=rooms-mine] [data-room=left]"))
                .hasCount(0);
        tom.says("gone already?").hasSentEverything();

        Locator other = ada.page().locator("[aria-labelledby=rooms-others] [data-room=left] a");
        assertThat(other).isVisible();
        assertThat(other.locator(".badge")).hasCount(0);
        other.click();
        ada.sees("gone already?");
    }

    @Test
    void onAPhoneATouchOnAMessageOffersWhatCanBeDoneWithIt() {
        Person ada = inANewRoom("Phone Ada", "touch");
        ada.says("touch me").hasSentEverything();
        Person tom = people.comes(Person.PHONE, ColorScheme.LIGHT, parley.url("touch"));

        tom.message("touch me").locator("p").tap();
        tom.page()
                .getByRole(AriaRole.BUTTON, Person.button("Reply").setExact(true))
                .last()
                .click();
        tom.says("touched");

        ada.sees("touched");
        assertThat(ada.message("touched").locator(".quote")).containsText("touch me");
    }

    @Test
    void theQuickSwitcherGoesByAFewLettersAndTheKeyboardReachesEveryAction() {
        Person ada = inANewRoom("Keys Ada", "keyboard");
        ada.says("first").says("second").hasSentEverything();

        ada.page().keyboard().press("Control+k");
        ada.page().keyboard().type("lob");
        ada.page().keyboard().press("Enter");
        assertThat(ada.page().locator("h1")).hasText("#lobby");
        ada.page().keyboard().press("Control+k");
        ada.page().keyboard().type("keyb");
        ada.page().keyboard().press("Enter");
        assertThat(ada.page().locator("h1")).hasText("#keyboard");

        ada.page().locator("parley-talk .scroller").focus();
        for (String key : List.of("ArrowUp", "ArrowUp", "Enter")) {
            ada.page().keyboard().press(key);
        }
        assertThat(ada.page().locator(".pop-up")).isVisible();
        ada.page().keyboard().press("Tab");
        for (int i = 0; i < 6; i++) {
            ada.page().keyboard().press("Tab");
        }
        assertThat(ada.page().locator(".choices button").first()).isFocused();
        ada.page().keyboard().press("Enter");
        assertThat(ada.page().locator("parley-composer .banner")).containsText("first");
        assertThat(ada.box()).isFocused();
    }

    private Person inANewRoom(String name, String room) {
        return people.called(name, parley.url()).joins(room);
    }
}
