package io.parley.store;

import java.util.Arrays;
import java.util.Locale;

/** Takes the time of every group of a trial. Confined to one trial. */
final class TrialClock {
    private static final int REPORT_ROWS = 1_000_000;

    private final int group;
    private final int[] micros;
    private int groups;
    private long started;

    TrialClock(int rows, int group) {
        this.group = group;
        this.micros = new int[rows / group];
    }

    boolean wantsMore() {
        return groups < micros.length;
    }

    void start() {
        started = System.nanoTime();
    }

    void stop() {
        micros[groups++] = (int) ((System.nanoTime() - started) / 1_000);
    }

    /** A line for each million rows, and one for all of them. */
    @Override
    public String toString() {
        StringBuilder report = new StringBuilder();
        int step = REPORT_ROWS / group;
        for (int from = 0; from < groups; from += step) {
            int to = Math.min(groups, from + step);
            report.append(line("to row " + (long) to * group, Arrays.copyOfRange(micros, from, to)));
        }
        return report.append(line("all", Arrays.copyOf(micros, groups))).toString();
    }

    private String line(String what, int[] times) {
        double seconds = Arrays.stream(times).asLongStream().sum() / 1e6;
        Arrays.sort(times);
        return String.format(
                Locale.ROOT,
                "%s: %.0f rows/s; a group p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                what,
                times.length * (double) group / seconds,
                times[times.length / 2] / 1e3,
                times[times.length * 99 / 100] / 1e3,
                times[times.length - 1] / 1e3);
    }
}
