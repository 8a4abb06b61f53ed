package dev.maru.benchmarks.comparison;

import java.util.Locale;
import java.util.Map;

/**
 * Horizontal bars from zero, one for each name, in a drawing that reads on light and on dark.
 *
 * <p>Immutable; safe for any thread.
 */
record BarChart(String title, String unit, Map<String, Double> bars) {
    private static final int LABELS = 250;
    private static final int WIDTH = 720;
    private static final int LONGEST = WIDTH - LABELS - 70;
    private static final int ROW = 26;
    private static final int TOP = 40;

    /** The drawing, as SVG 1.1. */
    String svg() {
        double most =
                bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        var svg = new StringBuilder();
        int height = TOP + bars.size() * ROW + 10;
        svg.append(String.format(
                Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
                <title>%s</title>
                <style>text{font:13px system-ui,sans-serif;fill:#808890}.ours{fill:#2f855a}.theirs{fill:#8a94a6}</style>
                <text x="0" y="18" font-weight="bold">%s (%s; less is better)</text>
                """, WIDTH, height, WIDTH, height, escaped(title), escaped(title), escaped(unit)));
        int y = TOP;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            double width = Math.max(1, bar.getValue() / most * LONGEST);
            svg.append(String.format(
                    Locale.ROOT,
                    """
                    <text x="%d" y="%d" text-anchor="end">%s</text>
                    <rect x="%d" y="%d" width="%.1f" height="%d" class="%s"/><text x="%.1f" y="%d">%.2f</text>
                    """,
                    LABELS - 10,
                    y + 15,
                    escaped(bar.getKey()),
                    LABELS,
                    y,
                    width,
                    ROW - 6,
                    bar.getKey().startsWith("Maru") ? "ours" : "theirs",
                    LABELS + width + 6,
                    y + 15,
                    bar.getValue()));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
