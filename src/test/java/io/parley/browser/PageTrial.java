package io.parley.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.parley.ParleyProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page over a long history: what it fetches, how soon it shows something, how smoothly it scrolls. A program of its own, not a test. */
final class PageTrial {
    private static final int LOADS = 7;
    private static final int TURNS = 400;
    private static final int TURN_PIXELS = 1_200;
    private static final int TURN_MILLIS = 30;

    /** Processor time in a second, of a server that does nothing. */
    private static final Duration REST = Duration.ofMillis(30);

    private static final List<String> CATEGORIES =
            List.of("toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline");

    private static final String OBSERVED = """
            new MutationObserver((_, observer) => {
              if (!document.querySelector('parley-message')) return;
              observer.disconnect();
              requestAnimationFrame(() => setTimeout(() => (window.firstMessageAt = Math.round(performance.now()))));
            }).observe(document, { childList: true, subtree: true });""";

    private static final int SAID = 21;

    /** When which text was first drawn. */
    private static final String DRAWN = """
            () => {
              window.drawnAt = {};
              new MutationObserver(() => {
                const said = document.querySelector('main parley-message:last-of-type .text')?.textContent;
                if (!said || said in window.drawnAt || window.due === said) return;
                window.due = said;
                requestAnimationFrame(() => setTimeout(() => (window.drawnAt[said] = performance.timeOrigin + performance.now())));
              }).observe(document.querySelector('main'), { childList: true, subtree: true });
            }""";

    private static final String SENT = """
            () => {
              document.addEventListener('keydown', ({ target }) => {
                window.sentAt = performance.timeOrigin + performance.now();
                window.sent = target.value;
              }, true);
              (DRAWN)();
            }""".replace("DRAWN", DRAWN);

    private final Browser browser;
    private final String url;

    private PageTrial(Browser browser, String url) {
        this.browser = browser;
        this.url = url;
    }

    /** Measures with as many messages as the argument says, or 100,000. */
    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        Path data = Files.createTempDirectory("parley-page-trial");
        try (ParleyProcess server =
                        new ParleyProcess(data, "limits.postsPerSecond=100000", "limits.postsBurst=100000");
                Playwright playwright = Chromium.driver()) {
            server.start();
            try (Poster poster = Poster.called("Poster", server.url())) {
                poster.opens("long")
                        .postsMany("long", "A *message* of some `length`, as people write them, number", messages);
            }
            PageTrial trial = new PageTrial(Chromium.launch(playwright), server.url());
            trial.awaitRest(ProcessHandle.of(server.pid()).orElseThrow());
            trial.load();
            trial.talk();
            trial.scroll("upwards from the newest", server.url() + "#/room/long", -TURN_PIXELS);
            trial.scroll("downwards from the middle", server.url() + "#/room/long/" + messages / 2, TURN_PIXELS);
        } finally {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The server has put away what it was given; how busy the machine still is goes with the figures. */
    private void awaitRest(ProcessHandle server) {
        try (Page clock = browser.newPage()) {
            for (Duration before = Duration.ZERO, now = used(server);
                    now.minus(before).compareTo(REST) > 0;
                    before = now, now = used(server)) {
                clock.waitForTimeout(1_000);
            }
        }
        System.out.printf(
                "load of the machine: %.1f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void load() {
        List<Integer> times = new ArrayList<>();
        AtomicLong bytes = new AtomicLong();
        for (int i = 0; i < LOADS; i++) {
            try (BrowserContext context = browser.newContext()) {
                Page page = context.newPage();
                CDPSession network = context.newCDPSession(page);
                network.send("Network.enable");
                bytes.set(0);
                network.on(
                        "Network.loadingFinished",
                        event -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
                page.addInitScript(OBSERVED);
                page.navigate(url + "#/room/long");
                page.waitForCondition(
                        () -> page.evaluate("window.firstMessageAt > 0").equals(true));
                times.add(number(page, "window.firstMessageAt"));
            }
        }
        times.sort(null);
        System.out.printf(
                "first load: %,d bytes; first message after %s ms (median %d)%n",
                bytes.get(), times, times.get(LOADS / 2));
    }

    /** From the key that sends to the frame in which the other one's browser has drawn it, by one clock. */
    private void talk() {
        try (BrowserContext one = browser.newContext();
                BrowserContext other = browser.newContext()) {
            Page speaker = one.newPage();
            Page listener = other.newPage();
            for (Page page : List.of(speaker, listener)) {
                page.addInitScript(OBSERVED);
                page.navigate(url + "#/room/long");
                page.waitForCondition(
                        () -> page.evaluate("window.firstMessageAt > 0").equals(true));
            }
            speaker.evaluate(SENT);
            listener.evaluate(DRAWN);
            List<Integer> own = new ArrayList<>();
            List<Integer> others = new ArrayList<>();
            for (int i = 0; i < SAID; i++) {
                String text = "said " + i;
                speaker.locator("textarea").fill(text);
                speaker.locator("textarea").press("Enter");
                for (Page page : List.of(speaker, listener)) {
                    page.waitForCondition(() -> page.evaluate("(text) => text in window.drawnAt", text)
                            .equals(true));
                }
                double sentAt = decimal(speaker.evaluate("window.sentAt"));
                own.add((int) Math.round(decimal(speaker.evaluate("window.drawnAt[window.sent]")) - sentAt));
                others.add(
                        (int) Math.round(decimal(listener.evaluate("(text) => window.drawnAt[text]", text)) - sentAt));
            }
            own.sort(null);
            others.sort(null);
            System.out.printf(
                    "from the Enter key to one's own screen: median %d ms, slowest %d ms; to the other's: median %d ms, slowest %d ms%n",
                    own.get(SAID / 2), own.get(SAID - 1), others.get(SAID / 2), others.get(SAID - 1));
        }
    }

    private void scroll(String how, String from, int pixels) {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.addInitScript(OBSERVED);
            page.navigate(from);
            page.waitForCondition(
                    () -> page.evaluate("window.firstMessageAt > 0").equals(true));
            page.locator("parley-talk .scroller").hover();
            page.waitForTimeout(1_000);
            browser.startTracing(page, new Browser.StartTracingOptions().setCategories(CATEGORIES));
            int mostRows = 0;
            for (int i = 0; i < TURNS; i++) {
                page.mouse().wheel(0, pixels);
                page.waitForTimeout(TURN_MILLIS);
                if (i % 20 == 0) {
                    mostRows = Math.max(mostRows, number(page, "document.querySelectorAll('parley-message').length"));
                }
            }
            List<JsonObject> tasks = tasks(browser.stopTracing());
            System.out.printf(
                    "%s, %d turns of %d px: at most %d rows, %d tasks, longest by the processor's time %s ms, by the clock %s ms, heap %d MB%n",
                    how,
                    TURNS,
                    pixels,
                    mostRows,
                    tasks.size(),
                    longest(tasks, "tdur"),
                    longest(tasks, "dur"),
                    number(page, "Math.round(performance.memory.usedJSHeapSize / 1e6)"));
        }
    }

    /** What the page's main thread did, one thing after another. On a busy machine only the processor's time says how long. */
    private static List<JsonObject> tasks(byte[] trace) {
        List<JsonObject> events = Json.createReader(new ByteArrayInputStream(trace))
                .readObject()
                .getJsonArray("traceEvents")
                .getValuesAs(JsonObject.class);
        Set<String> threads = events.stream()
                .filter(event -> event.getString("name").equals("thread_name")
                        && event.getJsonObject("args").getString("name", "").equals("CrRendererMain"))
                .map(PageTrial::threadOf)
                .collect(Collectors.toSet());
        return events.stream()
                .filter(event -> event.getString("name").equals("RunTask")
                        && event.containsKey("tdur")
                        && threads.contains(threadOf(event)))
                .toList();
    }

    private static String threadOf(JsonObject event) {
        return event.getInt("pid") + ":" + event.getInt("tid");
    }

    private static List<Integer> longest(List<JsonObject> tasks, String which) {
        return tasks.stream()
                .map(task -> task.getInt(which) / 1_000)
                .sorted(Comparator.reverseOrder())
                .limit(5)
                .toList();
    }

    private static double decimal(Object number) {
        return ((Number) number).doubleValue();
    }

    private static int number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).intValue();
    }
}
