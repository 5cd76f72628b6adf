package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.parley.ParleyProcess;
import io.parley.conformance.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** People use the page as people do, with a server that stops and starts under them. */
class PageIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @TempDir
    Path data;

    private final List<Person> people = new ArrayList<>();
    private ParleyProcess server;

    @BeforeEach
    void startTheServer() throws IOException {
        server = new ParleyProcess(data);
        server.start();
    }

    @AfterEach
    void stopTheServerAndReadTheConsoles() {
        List<String> complaints =
                people.stream().flatMap(person -> person.complaints().stream()).toList();
        people.forEach(Person::close);
        server.close();
        assertEquals(List.of(), complaints, "complaints in the browser's console");
    }

    @Test
    void twoPagesTalkAndSeeEachOthersMessages() {
        Person ada = somebody("Ada");
        Person tom = somebody("Tom");

        ada.says("Is anybody here?");
        tom.sees("Is anybody here?");
        tom.says("Yes, me.");
        ada.sees("Yes, me.");
        ada.says("/me waves");

        tom.sees("Ada waves");
        tom.hasSentEverything();
        assertThat(tom.page().locator("parley-people .name")).hasText(new String[] {"Tom", "Ada"});
    }

    @Test
    void aRoomIsMadeJoinedAndNamedInTheAddressBar() {
        Person ada = somebody("Ada");
        Person tom = somebody("Tom");

        ada.page().getByRole(AriaRole.BUTTON, named("New room")).click();
        ada.answers("Garden party");
        assertThat(ada.page()).hasURL(Pattern.compile("#/room/garden-party$"));
        assertThat(ada.page().getByText("Nobody has said anything here yet")).isVisible();
        ada.says("Who brings the cake?");
        tom.opens(server.url());
        tom.page().getByRole(AriaRole.LINK, named("garden-party")).click();

        tom.sees("Who brings the cake?");
        tom.page().goBack();
        assertThat(tom.page().locator("h1")).hasText("#lobby");
        ada.says("Nobody?");
        assertThat(tom.page().locator("parley-rooms a.unread")).containsText("garden-party");
    }

    @Test
    void historyAppearsOnScrollingUp() throws InterruptedException {
        int messages = 180;
        try (Poster poster = Poster.called("Poster", server.url())) {
            for (int i = 1; i <= messages; i++) {
                poster.posts("lobby", "message " + i);
            }
        }
        Person ada = somebody("Ada");
        ada.sees("message " + messages);
        assertThat(ada.message("message 1")).hasCount(0);

        scrollUpUntilTheBeginning(ada);

        assertThat(ada.message("message 1")).isVisible();
        assertThat(ada.page().locator("parley-message")).hasCount(messages);
        ada.page().getByRole(AriaRole.BUTTON, named("Newest messages")).click();
        assertThat(ada.message("message " + messages)).isInViewport();
    }

    @Test
    @Covers("key-resend")
    void aPageThatLostItsServerComesBackByItselfAndSendsWhatWasWrittenOnce() throws Exception {
        Person ada = somebody("Ada");
        Person tom = somebody("Tom");
        ada.says("before");
        tom.sees("before");

        server.stop();
        assertThat(ada.page().getByText("No connection")).isVisible();
        ada.says("written meanwhile").says("and this").box().fill("a draft");
        server.start();

        tom.sees("written meanwhile");
        tom.sees("and this");
        ada.sees("written meanwhile");
        ada.hasSentEverything();
        assertThat(ada.page().getByText("No connection")).isHidden();
        assertThat(ada.box()).hasValue("a draft");
        assertThat(tom.page().locator("parley-message .text"))
                .hasText(new String[] {"before", "written meanwhile", "and this"});
    }

    @Test
    void whatWasWrittenWithoutAServerOutlivesTheTab() throws Exception {
        Person ada = somebody("Ada");
        ada.says("before");
        ada.hasSentEverything();

        server.stop();
        ada.says("written meanwhile").box().fill("a draft");
        ada.opens("about:blank");
        server.start();
        ada.opens(server.url());

        ada.sees("written meanwhile");
        ada.hasSentEverything();
        assertThat(ada.page().locator("parley-me .name")).hasText("Ada");
        assertThat(ada.box()).hasValue("a draft");
    }

    @Test
    void markupIsShownAsTextAndANameThatIsTakenOrNoneIsRefusedInPlace() {
        String markup = "<img src=x onerror=\"document.title='run'\"><b>bold</b>";
        Person ada = somebody("Ada");
        Person tom = somebody("Tom");

        ada.says(markup);
        tom.sees(markup);
        assertThat(tom.page().locator("parley-message img, parley-message b")).hasCount(0);
        tom.page().locator("parley-me .name-button").click();
        tom.answers(markup);
        assertThat(tom.page().getByRole(AriaRole.ALERT)).not().isEmpty();
        tom.answers("Ada");
        assertThat(tom.page().getByRole(AriaRole.ALERT)).containsText("Somebody else");

        tom.answers("O'Neill & Söhne");
        assertThat(tom.page().getByRole(AriaRole.ALERT)).containsText("letters");
        tom.answers("O'Neill");
        assertThat(tom.page().locator("parley-me .name")).hasText("O'Neill");
        assertThat(ada.page()).hasTitle(Pattern.compile("lobby"));
    }

    @Test
    void nothingIsWiderThanAPhone() throws InterruptedException {
        try (Poster poster = Poster.called("A-very-long-name-32-characters-xx", server.url())) {
            poster.posts("lobby", "w".repeat(400)).posts("lobby", "https://example.org/" + "path/".repeat(60));
            poster.opens("a-room-with-a-name-that-is-as-long-as-they-may-become-64-letters");
        }
        Person ada = person(Person.PHONE, ColorScheme.LIGHT);
        assertThat(ada.page().locator("parley-message")).hasCount(2);

        assertEquals(Person.PHONE, widthOf(ada));
        ada.page().getByRole(AriaRole.BUTTON, named("Show rooms")).click();
        assertThat(ada.page().locator("parley-rooms a").last()).isInViewport();
        assertEquals(Person.PHONE, widthOf(ada));
        ada.page().keyboard().press("Escape");
        assertThat(ada.page().locator("parley-rooms a").last()).not().isInViewport();
    }

    private Person somebody(String name) {
        return person(Person.DESKTOP, ColorScheme.LIGHT).isCalled(name);
    }

    private Person person(int width, ColorScheme scheme) {
        Person person = new Person(chromium.browser(), width, scheme);
        people.add(person);
        person.opens(server.url());
        assertThat(person.page().locator("parley-me .name")).not().isEmpty();
        return person;
    }

    private static void scrollUpUntilTheBeginning(Person person) {
        person.page().locator("parley-talk .scroller").hover();
        person.page().waitForCondition(() -> {
            person.page().mouse().wheel(0, -2_000);
            return person.page().getByText("This is where #lobby begins").isVisible();
        });
    }

    private static int widthOf(Person person) {
        Object width = person.page().evaluate("document.documentElement.scrollWidth");
        assertTrue(width instanceof Integer);
        return (Integer) width;
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
