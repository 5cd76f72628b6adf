package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the page calls somebody who does not look at it, and how it keeps from calling. */
class AttentionIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    /** Notes what would be notified and sounded; plays the question that the browser asks, and whether anybody looks. */
    private static final String OBSERVED = """
            window.notified = [];
            window.sounded = 0;
            window.allowed = 'default';
            window.looks = true;
            document.hasFocus = () => window.looks;
            window.Notification = class {
              static get permission() { return window.allowed; }
              static async requestPermission() { return (window.allowed = 'granted'); }
              constructor(title, { body, tag }) { window.notified.push(`${title}: ${body} [${tag}]`); }
              close() {}
            };
            window.AudioContext = class extends AudioContext { constructor() { super(); window.sounded++; } };""";

    @RegisterExtension
    final People people = new People(chromium);

    @Test
    void whoHasJustBeenMentionedIsAskedOnceAndThenNotifiedOfMentionsWhileLookingElsewhere() {
        Person ada = observed("Ada Attentive");
        Person tom = people.called("Tom Calling", parley.url());
        tom.says("hello @Ada Attentive");
        Locator offer = ada.page().getByRole(AriaRole.BUTTON, Person.button("Notify me"));
        offer.click();
        assertThat(offer).hasCount(0);

        ada.page().evaluate("window.looks = false");
        tom.says("nothing for her").says("but this, @Ada Attentive").hasSentEverything();

        ada.page()
                .waitForCondition(
                        () -> ada.page().evaluate("window.notified.length > 0").equals(true));
        assertEquals(
                "Tom Calling in #lobby: but this, @Ada Attentive", notified(ada).replaceAll(" \\[.*", ""));
        assertEquals(0, ada.page().evaluate("window.sounded"));
    }

    @Test
    void whoWantsNotToBeDisturbedIsNotAndWhoLooksNeedsNoCall() {
        Person ada = observed("Ada Quiet");
        Person tom = people.called("Tom Loud", parley.url());
        ada.page().locator("parley-me .settings").click();
        ada.page().getByLabel("Notify me when I am mentioned").check();
        ada.page().getByLabel("With a sound").check();
        ada.page().keyboard().press("Escape");

        tom.says("one @Ada Quiet");
        ada.sees("one @Ada Quiet");
        assertEquals("", notified(ada));
        ada.page().evaluate("window.looks = false");
        tom.says("two @Ada Quiet");
        ada.page().waitForCondition(() -> ada.page().evaluate("window.sounded").equals(1));
        ada.page().locator("parley-me .settings").click();
        ada.page().getByLabel("Do not disturb").check();
        tom.says("three @Ada Quiet");
        ada.sees("three @Ada Quiet");

        assertEquals(
                List.of("Tom Loud in #lobby: two @Ada Quiet"),
                List.of(notified(ada).replaceAll(" \\[.*?]", "")));
        assertEquals(1, ada.page().evaluate("window.sounded"));
    }

    @Test
    void whatCameWhileNobodyLookedIsCountedInTheTitleUntilSomebodyDoes() {
        Person ada = observed("Ada Away");
        Person tom = people.called("Tom Busy", parley.url());
        hide(ada, true);

        tom.says("first").says("second").hasSentEverything();
        assertThat(ada.page()).hasTitle(Pattern.compile("^\\(2\\) #lobby"));
        hide(ada, false);

        assertThat(ada.page()).hasTitle(Pattern.compile("^#lobby"));
        assertThat(ada.page().locator("parley-talk .new + parley-message .text"))
                .hasText("first");
    }

    private Person observed(String name) {
        Person person = Person.atDesk(chromium.browser());
        person.page().addInitScript(OBSERVED);
        return people.comes(person, parley.url()).isCalled(name);
    }

    private static String notified(Person person) {
        return String.valueOf(person.page().evaluate("window.notified.join('\\n')"));
    }

    /** As when another tab is brought before this one. */
    private static void hide(Person person, boolean hidden) {
        person.page().evaluate("""
                (hidden) => {
                  Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true });
                  document.dispatchEvent(new Event('visibilitychange'));
                }""", hidden);
    }
}
