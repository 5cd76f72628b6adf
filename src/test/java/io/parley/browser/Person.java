package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody with a browser of their own: what they can do with the page and see of it. */
final class Person implements AutoCloseable {
    static final int DESKTOP = 1280;
    static final int PHONE = 390;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Person(Browser browser, int width, ColorScheme scheme) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, width == PHONE ? 844 : 800)
                .setDeviceScaleFactor(width == PHONE ? 2 : 1)
                .setHasTouch(width == PHONE)
                .setIsMobile(width == PHONE)
                .setColorScheme(scheme)
                .setLocale("en-GB"));
        context.addInitScript("""
                window.sockets = [];
                window.WebSocket = class extends WebSocket {
                  constructor(...given) {
                    super(...given);
                    window.sockets.push(this);
                  }
                }""");
        page = context.newPage();
        page.onConsoleMessage(this::complain);
        page.onPageError(complaints::add);
    }

    static Person atDesk(Browser browser) {
        return new Person(browser, DESKTOP, ColorScheme.LIGHT);
    }

    Page page() {
        return page;
    }

    /** What the browser refused or the scripts got wrong; a connection that failed is no such thing. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    Person opens(String url) {
        page.navigate(url);
        return this;
    }

    Person isCalled(String name) {
        page.locator("parley-me .name-button").click();
        answers(name);
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator("parley-me .name")).hasText(name);
        return this;
    }

    /** Fills in what the page asks for, and confirms. */
    void answers(String text) {
        page.locator("dialog input").fill(text);
        page.locator("dialog input").press("Enter");
    }

    Person says(String text) {
        box().fill(text);
        box().press("Enter");
        return this;
    }

    /** Goes to a room that they type the name of, and is there: what is said sooner is said where they were. */
    Person joins(String room) {
        says("/join " + room);
        assertThat(page.locator("h1")).hasText("#" + room);
        return this;
    }

    /** Uses what a message offers when it is pointed at. */
    void does(String message, String label) {
        message(message).hover();
        message(message)
                .locator(".tools")
                .getByRole(AriaRole.BUTTON, exactly(label))
                .click();
    }

    /** Chooses among all that can be done with a message. */
    void chooses(String message, String label) {
        does(message, "What to do with this message");
        page.locator(".choices").getByRole(AriaRole.BUTTON, exactly(label)).click();
    }

    void roomMenu(String label) {
        page.locator("parley-header .room-menu").click();
        page.locator(".choices")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(label))
                .click();
    }

    Locator dialogButton(String label) {
        return page.locator("dialog").getByRole(AriaRole.BUTTON, exactly(label));
    }

    /** What the page keeps in the browser under a name, as JSON; empty when there is nothing. */
    String remembers(String name) {
        return String.valueOf(page.evaluate("""
                (name) => new Promise((resolve) => {
                  const opened = indexedDB.open('parley:' + location.pathname);
                  opened.onsuccess = () => {
                    const got = opened.result.transaction('kept').objectStore('kept').get(name);
                    got.onsuccess = () => {
                      opened.result.close();
                      resolve(got.result === undefined ? '' : JSON.stringify(got.result));
                    };
                  };
                })""", name));
    }

    /** The same person in the same browser, once more. */
    Page anotherTab(String url) {
        Page tab = context.newPage();
        tab.onConsoleMessage(this::complain);
        tab.onPageError(complaints::add);
        tab.navigate(url);
        assertThat(tab.locator("parley-me .name")).not().isEmpty();
        return tab;
    }

    /** Every socket of the page breaks. */
    void losesItsConnection() {
        page.evaluate("window.sockets.forEach((socket) => socket.close(4999))");
    }

    /** The same person, by their cookie, in a browser that has never seen the page. */
    Person withoutMemory(Browser browser) {
        Person again = atDesk(browser);
        again.context.addCookies(context.cookies());
        return again;
    }

    static Page.GetByRoleOptions link(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    static Page.GetByRoleOptions button(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions exactly(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    Locator box() {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^Message #")));
    }

    /** Messages whose text is exactly this one, sent or not. */
    Locator message(String text) {
        Locator exactly = page.getByText(text, new Page.GetByTextOptions().setExact(true));
        return page.locator("parley-message", new Page.LocatorOptions().setHas(exactly));
    }

    void sees(String text) {
        assertThat(message(text)).hasCount(1);
        assertThat(message(text)).isVisible();
    }

    /** That nothing one said is still on its way. */
    void hasSentEverything() {
        assertThat(page.locator("parley-message.unsent")).hasCount(0);
    }

    /** As it looks when everything has come to rest. */
    void screenshot(String name) {
        page.mouse().move(DESKTOP / 2.0, 0);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
    }

    @Override
    public void close() {
        context.close();
    }

    private void complain(ConsoleMessage message) {
        boolean grave = message.type().equals("error") || message.type().equals("warning");
        if (grave
                && !message.text().startsWith("WebSocket connection to")
                && !(message.text().startsWith("Failed to load resource")
                        && message.location().contains("/api/"))) {
            complaints.add(message.text());
        }
    }
}
