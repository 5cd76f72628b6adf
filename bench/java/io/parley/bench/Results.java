package io.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that was measured, raw. Confined to the generator's thread. */
final class Results {
    /** One figure of one server in one round. Immutable. */
    record Sample(int round, String workload, String server, String figure, double value) {
        String csv() {
            return "%d,%s,%s,%s,%s"
                    .formatted(round, workload, server, figure, String.format(Locale.ROOT, "%.6g", value));
        }
    }

    /**
     * What several rounds gave. Immutable.
     *
     * @param count of the rounds
     */
    record Spread(double median, double least, double most, int count) {
        static Spread of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int half = sorted.size() / 2;
            double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
            return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1), sorted.size());
        }
    }

    private static final String HEADER = "round,workload,server,figure,value";

    private final List<Sample> samples = new ArrayList<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    boolean isEmpty() {
        return samples.isEmpty();
    }

    Set<String> workloads() {
        return samples.stream().map(Sample::workload).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Set<String> servers(String workload) {
        return samples.stream()
                .filter(sample -> sample.workload().equals(workload))
                .map(Sample::server)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Set<String> figures(String workload) {
        return samples.stream()
                .filter(sample -> sample.workload().equals(workload))
                .map(Sample::figure)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What was measured, in the order in which it was. */
    List<Sample> samples(String workload, String server, String figure) {
        return samples.stream()
                .filter(sample -> sample.workload().equals(workload)
                        && sample.server().equals(server)
                        && sample.figure().equals(figure))
                .toList();
    }

    /** What all rounds gave; NaN when there is nothing. */
    Spread spread(String workload, String server, String figure) {
        List<Double> values =
                samples(workload, server, figure).stream().map(Sample::value).toList();
        return values.isEmpty() ? new Spread(Double.NaN, Double.NaN, Double.NaN, 0) : Spread.of(values);
    }

    void write(Path csv) throws IOException {
        Files.createDirectories(csv.toAbsolutePath().getParent());
        List<String> lines = new ArrayList<>(List.of(HEADER));
        samples.forEach(sample -> lines.add(sample.csv()));
        Files.write(csv, lines);
    }

    static Results read(Path csv) throws IOException {
        Results results = new Results();
        for (String line : Files.readAllLines(csv)) {
            String[] cells = line.split(",", -1);
            if (cells.length != 5) {
                throw new Broken(csv + " has a line that is no sample: " + line);
            }
            if (!line.equals(HEADER)) {
                results.add(new Sample(
                        Integer.parseInt(cells[0]), cells[1], cells[2], cells[3], Double.parseDouble(cells[4])));
            }
        }
        return results;
    }
}
