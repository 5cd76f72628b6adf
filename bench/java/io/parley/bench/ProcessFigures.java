package io.parley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux and the JVM tell of a process. Stateless. */
final class ProcessFigures {
    /** {@code USER_HZ}: what {@code /proc} counts processor time in is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern HEAP =
            Pattern.compile("(?m)^\\s*(?:def new generation|tenured generation|garbage-first heap|"
                    + "PSYoungGen|ParOldGen)\\s+total \\d+K, used (\\d+)K");

    private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");
    private static final double KIB = 1024;

    private ProcessFigures() {}

    /** Seconds of processor time, of all threads, in user and kernel mode. */
    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        // The name may hold spaces and brackets; what follows its last bracket does not.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS_PER_SECOND;
    }

    static long residentKib(long pid) throws IOException {
        Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc", String.valueOf(pid), "status")));
        if (!found.find()) {
            throw new Broken("no VmRSS for process " + pid);
        }
        return Long.parseLong(found.group(1));
    }

    /** What is alive on the heap of a JVM, after a full collection. */
    static long heapKib(long pid) throws IOException {
        jcmd(pid, "GC.run");
        return heapKib(jcmd(pid, "GC.heap_info"));
    }

    /** @param info what {@code jcmd PID GC.heap_info} says */
    static long heapKib(String info) {
        long[] used = HEAP.matcher(info)
                .results()
                .map(MatchResult::group)
                .map(line -> HEAP.matcher(line).replaceAll("$1"))
                .mapToLong(Long::parseLong)
                .toArray();
        if (used.length == 0) {
            throw new Broken("cannot read the heap from: " + info);
        }
        long sum = 0;
        for (long generation : used) {
            sum += generation;
        }
        return sum;
    }

    /** The same to the byte, object by object: without what threads have taken and not yet used; takes longer. */
    static double liveKib(long pid) throws IOException {
        String histogram = jcmd(pid, "GC.class_histogram");
        Matcher found = LIVE.matcher(histogram);
        if (!found.find()) {
            throw new Broken("no total in: " + histogram);
        }
        return Long.parseLong(found.group(1)) / KIB;
    }

    private static String jcmd(long pid, String command) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
