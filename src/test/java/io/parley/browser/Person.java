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
        page.locator("parley-me button").click();
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
        if (grave && !message.text().startsWith("WebSocket connection to")) {
            complaints.add(message.text());
        }
    }
}
