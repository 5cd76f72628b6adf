package io.parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.parley.conformance.Nginx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The connection doctor finds what a proxy in between does, and says what to change. */
class DoctorIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final RunningParley parley = new RunningParley();

    private static final long LONGER_THAN_A_MINUTE_MILLIS = 71_000;

    private final List<Person> patients = new ArrayList<>();
    private IllProxy proxy;

    @BeforeEach
    void putAProxyInBetween() throws IOException {
        proxy = new IllProxy(parley.url());
    }

    @AfterEach
    void readTheConsoles() throws IOException {
        List<String> complaints =
                patients.stream().flatMap(one -> one.complaints().stream()).toList();
        patients.forEach(Person::close);
        proxy.close();
        assertEquals(List.of(), complaints, "complaints in the browser's console");
    }

    @Test
    void whereNothingIsWrongEverythingIsGoodInAMinute() {
        Person ada = patient(Person.DESKTOP, ColorScheme.LIGHT);
        ada.page().clock().install();
        ada.opens(proxy.url() + "doctor.html");
        finds(ada, "good", "reach", "clock", "upgrade", "frames", "stream");
        assertThat(ada.page().locator(".verdict")).hasText("Good: WebSocket works, which is the best way.");
        assertThat(ada.page().locator("[data-question=idle]")).containsText("s so far, of 70");
        finds(ada, "good", "poll");
        ada.page().clock().fastForward(LONGER_THAN_A_MINUTE_MILLIS);
        finds(ada, "good", "idle");
        assertThat(ada.page().getByText("What to change")).hasCount(0);
        view(ada, "doctor-good");
        ada.page().getByRole(AriaRole.BUTTON, Person.button("Test again")).click();
        assertThat(ada.page().locator("li.running")).not().hasCount(0);
    }

    @Test
    void aProxyThatRefusesUpgradesAndHoldsStreamsIsToldOfWithTheLinesThatMendIt() {
        proxy.suffersFrom(IllProxy.Ill.REFUSES_UPGRADES, IllProxy.Ill.HOLDS_STREAMS, IllProxy.Ill.CUTS_OFF_POLLS);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(Person.DESKTOP, Person.PHONE)) {
                Person ada = patient(width, scheme);
                ada.opens(proxy.url() + "doctor.html");
                finds(ada, "bad", "upgrade", "stream", "poll");
                finds(ada, "skipped", "frames", "idle");
                finds(ada, "good", "reach");
                // The proxy cuts it off after 3 s; a busy machine tells a little later.
                assertThat(ada.page().locator("[data-question=poll]"))
                        .containsText(Pattern.compile("it was cut off after [3-9] s"));
                assertThat(ada.page().locator(".verdict")).containsText("Parley asks again and again instead");
                assertThat(ada.page().locator(".because li")).hasCount(3);
                assertThat(lines(ada, "nginx")).containsText("proxy_set_header Upgrade $http_upgrade;");
                assertThat(lines(ada, "Apache")).containsText("ProxyPass \"/\" \"http://127.0.0.1:8080/\"");
                assertThat(lines(ada, "Caddy")).containsText("flush_interval -1");
                assertEquals(
                        true,
                        ada.page().evaluate("document.scrollingElement.scrollWidth <= innerWidth"),
                        "scrolls sideways");
                view(ada, "doctor-bad-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    @Test
    void aProxyThatSwallowsFramesIsToldFromOneThatRefusesThem() {
        proxy.suffersFrom(IllProxy.Ill.SWALLOWS_FRAMES);
        Person ada = patient(Person.DESKTOP, ColorScheme.LIGHT);
        ada.opens(proxy.url() + "doctor.html");
        finds(ada, "good", "upgrade", "stream");
        finds(ada, "bad", "frames");
        assertThat(ada.page().locator("[data-question=frames]"))
                .containsText("it opens, but what is sent gets no answer");
        assertThat(ada.page().locator(".verdict")).containsText("Parley goes by an event stream instead");
    }

    @Test
    void aClockThatIsWrongIsToldOf() {
        Person ada = patient(Person.DESKTOP, ColorScheme.LIGHT);
        ada.page()
                .clock()
                .install(new Clock.InstallOptions()
                        .setTime(Date.from(Instant.now().minusSeconds(300))));
        ada.opens(proxy.url() + "doctor.html");
        finds(ada, "odd", "clock");
        assertThat(ada.page().locator("[data-question=clock]")).containsText("behind the server’s");
    }

    @Test
    void itSpeaksTheLanguageOfTheBrowser() {
        try (BrowserContext context =
                chromium.browser().newContext(new Browser.NewContextOptions().setLocale("zh-CN"))) {
            Page page = context.newPage();
            page.navigate(proxy.url() + "doctor.html");
            assertThat(page.locator("h1")).hasText("连接诊断");
            assertThat(page.locator("[data-question=frames]")).containsText("消息可以双向传送");
            assertThat(page.locator("[data-question=frames]")).hasClass("good");
        }
    }

    @Test
    void theSettingsLeadToIt() {
        Person ada = patient(Person.DESKTOP, ColorScheme.LIGHT);
        ada.opens(proxy.url());
        ada.page().locator("parley-me .settings").click();
        Page doctor = ada.page()
                .waitForPopup(() -> ada.page()
                        .getByRole(AriaRole.LINK, Person.link("Test the connection"))
                        .click());
        assertThat(doctor.locator("h1")).hasText("Connection doctor");
    }

    @Test
    void anNginxThatWasSetUpTooSimplyIsMadeWellByTheLinesThatItPrints(@TempDir Path simple, @TempDir Path mended)
            throws IOException {
        int upstream = URI.create(parley.url()).getPort();
        String printed;
        Optional<Nginx> before = Nginx.start(
                simple,
                "server { listen 80; location /talk/ { proxy_pass http://127.0.0.1:8080/; proxy_set_header Host $http_host;"
                        + " proxy_ignore_headers X-Accel-Buffering; } }",
                upstream);
        assumeTrue(before.isPresent(), "no nginx here");
        try (Nginx nginx = before.get()) {
            Person ada = patient(Person.DESKTOP, ColorScheme.LIGHT);
            ada.opens("http://localhost:" + nginx.port() + "/talk/doctor.html");
            finds(ada, "bad", "upgrade", "stream");
            printed = lines(ada, "nginx").textContent();
        }
        String[] parts = printed.split("# within server \\{ \\}", -1);
        try (Nginx nginx = Nginx.start(mended, parts[0] + "server { listen 80; " + parts[1] + " }", upstream)
                .orElseThrow()) {
            Person ada = patient(Person.DESKTOP, ColorScheme.LIGHT);
            ada.opens("http://localhost:" + nginx.port() + "/talk/doctor.html");
            finds(ada, "good", "reach", "clock", "upgrade", "frames", "stream");
        }
    }

    private Person patient(int width, ColorScheme scheme) {
        Person person = new Person(chromium.browser(), width, scheme);
        patients.add(person);
        return person;
    }

    private static void finds(Person person, String state, String... questions) {
        for (String question : questions) {
            assertThat(person.page().locator("[data-question=" + question + "]"))
                    .hasClass(state);
        }
    }

    private static Locator lines(Person person, String proxy) {
        return person.page()
                .getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(proxy).setExact(true));
    }

    private static void view(Person person, String name) {
        List<String> violations = new AxeBuilder(person.page())
                .setLegacyMode(true).analyze().getViolations().stream()
                        .map(Rule::toString)
                        .toList();
        assertEquals(List.of(), violations, name);
        person.screenshot(name);
        person.page().locator("parley-doctor").evaluate("(doctor) => doctor.scrollTo(0, doctor.scrollHeight)");
        person.screenshot(name + "-below");
    }
}
