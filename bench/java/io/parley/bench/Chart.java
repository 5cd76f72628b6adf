package io.parley.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Processor time for each delivery as bars, as SVG: one group for each workload with readers. Stateless. */
final class Chart {
    private static final int WIDTH = 860;
    private static final int LABEL_WIDTH = 130;
    private static final int VALUE_WIDTH = 90;
    private static final int BAR = 18;
    private static final int GAP = 4;
    private static final int HEADING = 30;
    private static final int MARGIN = 16;

    private Chart() {}

    /** @param meanings a sentence for each workload */
    static String of(Results results, Map<String, String> meanings) {
        StringBuilder body = new StringBuilder();
        int y = MARGIN + HEADING;
        text(
                body,
                MARGIN,
                MARGIN + 12,
                "heading",
                "Processor time of the server for each delivery, in µs (shorter is better)");
        for (String workload : results.workloads()) {
            if (results.figures(workload).contains(Figure.CPU_PER_DELIVERY)) {
                y = group(body, results, workload, meanings.getOrDefault(workload, workload), y);
            }
        }
        int height = y + MARGIN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="Processor time for each delivery">
                <style>text{font:13px sans-serif;fill:#222}.heading{font-weight:bold}.bar{fill:#9aa5b1}.parley{fill:#1f6feb}</style>
                <rect width="100%%" height="100%%" fill="#fff"/>
                %s</svg>
                """.formatted(WIDTH, height, body);
    }

    private static int group(StringBuilder body, Results results, String workload, String heading, int top) {
        List<String> servers = results.servers(workload).stream()
                .sorted(Comparator.comparing(Kind::of))
                .toList();
        double most = servers.stream()
                .mapToDouble(server -> cpu(results, workload, server))
                .max()
                .orElse(1);
        text(body, MARGIN, top + 14, "heading", heading);
        int y = top + HEADING - GAP;
        for (String server : servers) {
            double value = cpu(results, workload, server);
            double width = Math.max(1, value / most * (WIDTH - LABEL_WIDTH - VALUE_WIDTH - 2 * MARGIN));
            text(body, MARGIN, y + BAR - 5, "label", server);
            body.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"bar %s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                    Kind.of(server).isParley() ? "parley" : "peer",
                    MARGIN + LABEL_WIDTH,
                    y,
                    width,
                    BAR));
            text(body, MARGIN + LABEL_WIDTH + width + 6, y + BAR - 5, "value", Table.number(value));
            y += BAR + GAP;
        }
        return y + MARGIN;
    }

    private static double cpu(Results results, String workload, String server) {
        return results.spread(workload, server, Figure.CPU_PER_DELIVERY).median();
    }

    private static void text(StringBuilder body, double x, int y, String kind, String text) {
        body.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.0f\" y=\"%d\">%s</text>%n",
                kind,
                x,
                y,
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
