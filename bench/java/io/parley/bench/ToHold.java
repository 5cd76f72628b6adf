package io.parley.bench;

import io.parley.bench.Results.Sample;
import io.parley.bench.Results.Spread;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A figure that Parley is held to, and how the results tell whether it is. Immutable. */
sealed interface ToHold {
    /** What is measured. */
    String what();

    /** What it must come to. */
    String bound();

    /** Which results it takes. */
    List<Source> sources();

    /**
     * Tells what came of it.
     *
     * @param results that have something of every source
     */
    Measured of(Results results);

    /** Where one side of it is found. Immutable. */
    record Source(String workload, Kind server, String figure) {
        Spread spread(Results results) {
            return results.spread(workload, server.label(), figure);
        }

        /** The median of each round. */
        private Map<Integer, Double> rounds(Results results) {
            Map<Integer, List<Double>> values = results.samples(workload, server.label(), figure).stream()
                    .collect(Collectors.groupingBy(
                            Sample::round, TreeMap::new, Collectors.mapping(Sample::value, Collectors.toList())));
            return values.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            round -> Spread.of(round.getValue()).median()));
        }
    }

    /** What came of it, with the spread where there is one. Immutable. */
    record Measured(String text, Verdict verdict) {
        Measured(String text, boolean reached) {
            this(text, reached ? Verdict.REACHED : Verdict.MISSED);
        }
    }

    /** Whether it was reached. */
    enum Verdict {
        REACHED("yes"),
        MISSED("**no**"),
        NOT_MEASURED("not measured");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** A figure by itself, such that less is better. Immutable. */
    record AtMost(String what, Source source, double most, String unit) implements ToHold {
        @Override
        public String bound() {
            return "at most " + exact(most) + " " + unit;
        }

        @Override
        public List<Source> sources() {
            return List.of(source);
        }

        @Override
        public Measured of(Results results) {
            Spread spread = source.spread(results);
            return new Measured(Table.cell(spread) + " " + unit, spread.median() <= most);
        }
    }

    /** A figure by itself, such that more is better. Immutable. */
    record AtLeast(String what, Source source, double least, String unit) implements ToHold {
        @Override
        public String bound() {
            return "at least " + exact(least) + " " + unit;
        }

        @Override
        public List<Source> sources() {
            return List.of(source);
        }

        @Override
        public Measured of(Results results) {
            Spread spread = source.spread(results);
            return new Measured(Table.cell(spread) + " " + unit, spread.median() >= least);
        }
    }

    /**
     * How many times another's it is: the ratio of the medians, and the spread of what each round gives. Immutable.
     *
     * @param most times; 1 means less than the other's
     */
    record Ratio(String what, Source own, Source other, double most, String unit) implements ToHold {
        private static final double HALF = 0.5;

        @Override
        public String bound() {
            String whose = "`" + other.server().label() + "`";
            String times = most < 1 ? "1/" + exact(1 / most) : exact(most) + " times";
            return most == 1 ? "less than " + whose : "at most " + times + " that of " + whose;
        }

        @Override
        public List<Source> sources() {
            return List.of(own, other);
        }

        @Override
        public Measured of(Results results) {
            double mine = own.spread(results).median();
            double theirs = other.spread(results).median();
            double ratio = mine / theirs;
            String spread = pairs(results, own, other, (a, b) -> a / b)
                    .map(all -> " (" + fraction(all.least()) + " to " + fraction(all.most()) + ")")
                    .collect(Collectors.joining());
            return new Measured(
                    "%s%s: %s against %s %s"
                            .formatted(times(ratio), spread, Table.number(mine), Table.number(theirs), unit),
                    most == 1 ? ratio < 1 : ratio <= most);
        }

        private static String times(double ratio) {
            return ratio <= HALF ? fraction(ratio) : fraction(ratio) + " times";
        }

        private static String fraction(double ratio) {
            return ratio <= HALF ? "1/" + Table.number(1 / ratio) : Table.number(ratio);
        }
    }

    /** How much more than another's it is: the difference of the medians, and the spread of what each round gives. Immutable. */
    record Difference(String what, Source own, Source other, double most, String unit) implements ToHold {
        @Override
        public String bound() {
            return "at most " + exact(most) + " " + unit + " more";
        }

        @Override
        public List<Source> sources() {
            return List.of(own, other);
        }

        @Override
        public Measured of(Results results) {
            double mine = own.spread(results).median();
            double theirs = other.spread(results).median();
            String spread = pairs(results, own, other, (a, b) -> a - b)
                    .map(all -> " (%s to %s)".formatted(Table.number(all.least()), Table.number(all.most())))
                    .collect(Collectors.joining());
            return new Measured(
                    "%s%s %s: %s against %s"
                            .formatted(
                                    Table.number(mine - theirs),
                                    spread,
                                    unit,
                                    Table.number(mine),
                                    Table.number(theirs)),
                    mine - theirs <= most);
        }
    }

    /** Pairs of which none may be worse than the control ever was. Immutable. */
    record Within(String what, Source own, Source control, int pairs, String unit) implements ToHold {
        @Override
        public String bound() {
            return "within the control's spread in each of " + pairs + " pairs";
        }

        @Override
        public List<Source> sources() {
            return List.of(own, control);
        }

        @Override
        public Measured of(Results results) {
            Spread mine = own.spread(results);
            Spread controls = control.spread(results);
            long within = results.samples(own.workload(), own.server().label(), own.figure()).stream()
                    .filter(sample -> sample.value() <= controls.most())
                    .count();
            String text = "%s %s, the control's %s; %d of %d within"
                    .formatted(Table.cell(mine), unit, Table.cell(controls), within, mine.count());
            return mine.count() < pairs
                    ? new Measured(text, Verdict.NOT_MEASURED)
                    : new Measured(text, within == mine.count());
        }
    }

    /** Another that counts only at a size. Immutable. */
    record AtSize(ToHold held, Source size, double least, String unit) implements ToHold {
        @Override
        public String what() {
            return held.what();
        }

        @Override
        public String bound() {
            return held.bound();
        }

        @Override
        public List<Source> sources() {
            List<Source> all = new ArrayList<>(held.sources());
            all.add(size);
            return List.copyOf(all);
        }

        @Override
        public Measured of(Results results) {
            Measured measured = held.of(results);
            double reached = size.spread(results).least();
            return reached >= least
                    ? measured
                    : new Measured(
                            "%s, but at %s %s".formatted(measured.text(), Table.number(reached), unit),
                            Verdict.NOT_MEASURED);
        }
    }

    private static String exact(double bound) {
        return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(bound);
    }

    /** What both sides of each round give together; nothing where there are fewer than two rounds. */
    private static Stream<Spread> pairs(Results results, Source own, Source other, DoubleBinaryOperator together) {
        Map<Integer, Double> others = other.rounds(results);
        List<Double> values = new ArrayList<>();
        own.rounds(results).forEach((round, value) -> {
            Double opposite = others.get(round);
            if (opposite != null) {
                values.add(together.applyAsDouble(value, opposite));
            }
        });
        return values.size() < 2 ? Stream.empty() : Stream.of(Spread.of(values));
    }
}
