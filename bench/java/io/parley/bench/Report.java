package io.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What is printed at the end, and put into the documentation. Stateless. */
final class Report {
    private static final Path DOCUMENT = Path.of("docs/performance.md");
    private static final Path CHART = Path.of("docs/img/performance.svg");
    private static final String BEGIN = "<!-- results: written by bench/run --publish -->";
    private static final String END = "<!-- end of results -->";

    private Report() {}

    static String text(String begun, Options options, Path csv, String tables, List<String> failures)
            throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("Begun %s; rounds: %d%s; each measurement %d s after %d s of warming up.\n"
                .formatted(
                        begun,
                        options.rounds(),
                        options.others() == options.rounds()
                                ? ""
                                : " (%d of what no figure to hold is about)".formatted(options.others()),
                        options.timing().window().toSeconds(),
                        options.timing().warmUp().toSeconds()));
        text.append("%s; %s; Java %s. Load before: %s. %s.\n"
                .formatted(
                        processor(),
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        System.getProperty("bench.load", "unknown"),
                        Cores.areApart()
                                ? "The server had one core, the generator another, but where the table says otherwise"
                                : "Server and generator shared all cores"));
        text.append("Parley's limits that were raised: ");
        text.append(String.join(
                ", ",
                new TreeMap<>(Kind.RAISED)
                        .entrySet().stream()
                                .map(limit -> "`" + limit.getKey() + "=" + limit.getValue() + "`")
                                .toList()));
        text.append(".\nRaw: `").append(csv).append("`.\n").append(tables);
        if (!failures.isEmpty()) {
            text.append("\nWhat failed:\n\n");
            failures.forEach(failure -> text.append("* ").append(failure).append('\n'));
        }
        return text.toString();
    }

    static void publish(String text, String chart) throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new Broken(DOCUMENT + " has no place for results");
        }
        Files.writeString(
                DOCUMENT, document.substring(0, begin + BEGIN.length()) + "\n" + text + "\n" + document.substring(end));
        Files.writeString(CHART, chart);
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        int cores = Runtime.getRuntime().availableProcessors();
        return Files.readAllLines(info).stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
                .map(line -> line.replaceFirst(".*:\\s*", ""))
                .findFirst()
                .orElse(System.getProperty("os.arch") + ", " + cores + " cores seen by the generator");
    }
}
