package io.parley.bench;

import io.parley.bench.ToHold.Source;
import io.parley.bench.Workload.Timing;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What a run is asked to do. Immutable.
 *
 * @param others rounds, the first ones, in which that is measured too which no figure to hold is about
 * @param publish whether the table and the chart go into {@code docs}
 */
record Options(int rounds, int others, Timing timing, List<Kind> servers, List<Workload> workloads, boolean publish) {
    private static final int MOST = 99;
    private static final int MOST_ROWS = 99_999_999;
    private static final int QUICK_ROWS = 500_000;

    /** One in each order of the servers. */
    private static final int OTHERS = 2;

    static final String HELP = """
            bench/run [--quick] [--rounds N] [--seconds N] [--warm-up N] [--rows N]
                      [--servers A,B] [--workloads X,Y] [--others N] [--publish]

              --quick       one short round of fewer workloads; what is given beside it still counts
              --rounds      alternating rounds, of which the table shows the medians (5)
              --seconds     how long each measurement takes (8)
              --warm-up     and what goes before it (3)
              --rows        of the store alone (5000000, with --quick 500000)
              --servers     of %s
              --workloads   of %s
              --others      in how many of the rounds that is measured too which no figure to hold is about (2, the
                            first ones; in all of them where servers or workloads are named)
              --publish     put the table and the chart into docs/performance.md""";

    Options {
        servers = List.copyOf(servers);
        workloads = List.copyOf(workloads);
    }

    /** @throws IllegalArgumentException with a line that says what is wrong */
    static Options parse(List<String> words) {
        boolean quick = words.contains("--quick");
        int rounds = quick ? 1 : 5;
        int seconds = quick ? 3 : 8;
        int warmUp = quick ? 2 : 3;
        List<Kind> servers = List.of(Kind.values());
        List<Workload> workloads = Workloads.all().stream()
                .filter(workload -> !quick || Workloads.isQuick(workload))
                .toList();
        int rows = quick ? QUICK_ROWS : FiguresToHold.STORE_ROWS;
        int others = words.contains("--servers") || words.contains("--workloads") ? MOST : OTHERS;
        boolean publish = false;
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--quick" -> {}
                case "--publish" -> publish = true;
                case "--rounds" -> rounds = number(word, rest, MOST);
                case "--seconds" -> seconds = number(word, rest, MOST);
                case "--warm-up" -> warmUp = number(word, rest, MOST);
                case "--rows" -> rows = number(word, rest, MOST_ROWS);
                case "--others" -> others = number(word, rest, MOST);
                case "--servers" ->
                    servers = list(word, rest).stream().map(Kind::of).toList();
                case "--workloads" ->
                    workloads = list(word, rest).stream().map(Options::workload).toList();
                default -> throw new IllegalArgumentException("cannot do \"" + word + "\"; --help says what it can");
            }
        }
        Timing timing = new Timing(
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds),
                quick ? 1 : (FiguresToHold.PAIRS + rounds - 1) / rounds,
                rows);
        return new Options(rounds, Math.min(others, rounds), timing, servers, workloads, publish);
    }

    /** Whether a round has this. */
    boolean wants(int round, Workload workload, Kind kind) {
        return workload.suits(kind) && (round <= others || FiguresToHold.need(workload, kind));
    }

    /** Whether any round has this. */
    boolean asksFor(Source source) {
        return servers.contains(source.server())
                && workloads.stream().anyMatch(workload -> workload.name().equals(source.workload()));
    }

    static String help() {
        return HELP.formatted(
                String.join(", ", Arrays.stream(Kind.values()).map(Kind::label).toList()),
                String.join(", ", Workloads.all().stream().map(Workload::name).toList()));
    }

    private static Workload workload(String name) {
        return Workloads.all().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload \"" + name + "\"; --help lists them"));
    }

    private static List<String> list(String option, Iterator<String> rest) {
        return List.of(value(option, rest).split(",", -1));
    }

    private static int number(String option, Iterator<String> rest, int most) {
        String value = value(option, rest);
        if (!value.matches("[1-9][0-9]{0,7}") || Integer.parseInt(value) > most) {
            throw new IllegalArgumentException(option + " is a number from 1 to " + most);
        }
        return Integer.parseInt(value);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }
}
