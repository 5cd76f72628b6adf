package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.parley.ParleyProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the page in use, for people to look at, in {@code target/screenshots}. */
class ScreenshotsIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @TempDir
    Path data;

    @Test
    void thePageIsPicturedInBothThemesOnDesktopAndPhone() throws Exception {
        try (ParleyProcess server = new ParleyProcess(data)) {
            server.start();
            try (Poster ada = Poster.called("Ada Okafor", server.url());
                    Poster tomas = Poster.called("Tomás", server.url());
                    Poster mei = Poster.called("梅 Mei", server.url())) {
                talk(ada, tomas, mei);
                picture(server.url(), Person.DESKTOP, ColorScheme.LIGHT, "Two o’clock is fine. I’ll make the tea.");
                picture(server.url(), Person.DESKTOP, ColorScheme.DARK, "Is there room for one more?");
                picture(server.url(), Person.PHONE, ColorScheme.LIGHT, "On my way.");
                picture(server.url(), Person.PHONE, ColorScheme.DARK, "Running a little late, begin without me.");
            }
        }
    }

    private static void talk(Poster ada, Poster tomas, Poster mei) throws InterruptedException {
        ada.opens("firmware").opens("lunch").opens("release-notes").opens("workshop");
        for (Poster poster : List.of(ada, tomas, mei)) {
            poster.joins("lobby");
        }
        ada.posts("lobby", "Good morning! The new boards are here, all twelve of them.")
                .posts("lobby", "They are on the bench by the window.");
        tomas.posts("lobby", "Wonderful. I’ll solder the first two after lunch.")
                .posts("lobby", "Mei, which firmware shall I flash?");
        mei.posts("lobby", "早上好！Take build 215: the watchdog is fixed in it.")
                .posts("lobby", "https://builds.example.org/215")
                .posts("lobby", "It logs to the serial port now, so keep a cable at hand:\\n  115200 baud, 8N1");
        ada.posts("lobby", "I have one in my drawer. And the oscilloscope is free until three.");
        tomas.posts("lobby", "Then let’s say two o’clock, at the bench?");
        mei.posts("lobby", "两点见。I’ll bring the spare antennas.");
    }

    private static void picture(String url, int width, ColorScheme scheme, String says) {
        String name = width + "-" + scheme.name().toLowerCase(Locale.ROOT);
        try (Person visitor = new Person(chromium.browser(), width, scheme)) {
            visitor.opens(url);
            visitor.sees("Then let’s say two o’clock, at the bench?");
            visitor.screenshot("first-visit-" + name);
            if (width == Person.PHONE) {
                visitor.page()
                        .getByRole(AriaRole.BUTTON, named("Keep this one"))
                        .click();
            } else {
                visitor.isCalled(scheme == ColorScheme.LIGHT ? "Grace Lim" : "Noor");
            }
            visitor.says(says);
            visitor.hasSentEverything();
            visitor.screenshot("talk-" + name);
            if (width == Person.PHONE) {
                visitor.page().getByRole(AriaRole.BUTTON, named("Show rooms")).click();
                assertThat(visitor.page().locator("parley-rooms a").first()).isInViewport();
                visitor.screenshot("rooms-" + name);
            }
            assertEquals(List.of(), visitor.complaints(), "complaints in the browser's console");
        }
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
