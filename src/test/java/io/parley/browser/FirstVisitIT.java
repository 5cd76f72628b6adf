package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody is told who comes where there is nothing yet. */
class FirstVisitIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    @RegisterExtension
    final People people = new People(chromium);

    @Test
    void anEmptyRoomShowsTheAddressByWhichOthersComeIn() {
        Person ada = people.called("First Ada", parley.url());
        ada.says("/join fresh");
        assertThat(ada.page().locator(".vacant .link-text")).hasText(parley.url("fresh"));
        assertThat(ada.page().locator(".vacant")).containsText("only this machine can open it");
        assertThat(ada.page().locator("parley-people")).containsText("Nobody else is here");
        ada.page().locator(".vacant button").click();
        assertThat(ada.page().locator("parley-toast")).hasText("The link is on your clipboard.");

        Person tom = people.called("First Tom", parley.url("fresh"));
        assertThat(ada.page().locator("parley-people")).not().containsText("Nobody else is here");
        tom.says("found it");
        ada.sees("found it");
        assertThat(ada.page().locator(".vacant")).hasCount(0);
    }

    @Test
    void whereThereIsNoRoomNothingCanBeWrittenUntilItIsMade() {
        Person ada = people.called("Make Ada", parley.url("unmade"));
        assertThat(ada.page().getByText("There is no room “unmade”")).isVisible();
        assertThat(ada.page().locator("textarea")).isHidden();
        assertThat(ada.page().locator("parley-people")).not().containsText("once connected");
        ada.page().getByRole(AriaRole.BUTTON, Person.button("Create “unmade”")).click();
        ada.says("made").hasSentEverything();
        ada.sees("made");
    }
}
