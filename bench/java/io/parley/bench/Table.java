package io.parley.bench;

import io.parley.bench.Results.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results for people, as Markdown: medians, and in brackets the least and the most of all rounds. Stateless. */
final class Table {
    private static final String PARLEY = Kind.PARLEY.label();

    private Table() {}

    /** @param meanings a sentence for each workload */
    static String of(Results results, Map<String, String> meanings) {
        StringBuilder text = new StringBuilder();
        for (String workload : results.workloads()) {
            text.append("\n**")
                    .append(workload)
                    .append("**: ")
                    .append(meanings.getOrDefault(workload, ""))
                    .append("\n\n");
            List<String> figures = List.copyOf(results.figures(workload));
            text.append("| server | ").append(String.join(" | ", figures));
            boolean compared = figures.contains(Figure.CPU_PER_DELIVERY);
            text.append(compared ? " | CPU, Parley = 1 |\n" : " |\n");
            text.append("|---|")
                    .append("---|".repeat(figures.size() + (compared ? 1 : 0)))
                    .append('\n');
            results.servers(workload).stream()
                    .sorted(Comparator.comparing(Kind::of))
                    .forEach(server -> {
                        text.append("| ").append(server);
                        figures.forEach(
                                figure -> text.append(" | ").append(cell(results.spread(workload, server, figure))));
                        if (compared) {
                            text.append(" | ").append(ratio(results, workload, server));
                        }
                        text.append(" |\n");
                    });
        }
        return text.toString();
    }

    private static String ratio(Results results, String workload, String server) {
        double parley =
                results.spread(workload, PARLEY, Figure.CPU_PER_DELIVERY).median();
        double own = results.spread(workload, server, Figure.CPU_PER_DELIVERY).median();
        return Double.isNaN(own / parley) ? "" : number(own / parley);
    }

    /** The median, and in brackets the least and the most where there are several. */
    static String cell(Spread spread) {
        if (spread.count() == 0) {
            return "";
        }
        String median = number(spread.median());
        return spread.count() == 1
                ? median
                : "%s (%s–%s)".formatted(median, number(spread.least()), number(spread.most()));
    }

    /** Three digits that matter. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || value == 0 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
