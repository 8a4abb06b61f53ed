package dev.maru.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured, as tables for a page in Markdown, with a chart for each scenario beside it.
 *
 * <p>Immutable; safe for any thread.
 */
record Page(Map<Peer, Map<Scenario, Measured>> medians, List<String> machine) {
    private static final String BEGIN = "<!-- figures: begin -->\n";
    private static final String END = "<!-- figures: end -->\n";

    /** Replaces what stands between the page's two marks, and writes the charts into the folder {@code performance}. */
    void write(Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(page + " has no marks for the figures");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + figures() + text.substring(end));
        Path charts = Files.createDirectories(page.resolveSibling("performance"));
        for (Scenario scenario : measured()) {
            Files.writeString(
                    charts.resolve(chart(scenario)), new BarChart(scenario.title, scenario.unit, bars(scenario)).svg());
        }
    }

    /** The tables. */
    String figures() {
        var text = new StringBuilder();
        machine.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("\n| | closed loop, µs | un-batched, µs | many rooms, µs | idle, KB |\n|---|---|---|---|---|\n");
        medians.forEach((peer, byScenario) -> row(text, peer.name(), cells(byScenario)));
        measured().forEach(scenario -> section(text, scenario));
        return text.toString();
    }

    private void section(StringBuilder text, Scenario scenario) {
        text.append("\n### ")
                .append(scenario.title)
                .append("\n\n![")
                .append(scenario.unit)
                .append("](performance/");
        text.append(chart(scenario)).append(")\n");
        if (scenario == Scenario.IDLE) {
            return;
        }
        text.append("\n| | deliveries/s | p50 ms | p99 ms | p99.9 ms | max ms |\n|---|---|---|---|---|---|\n");
        medians.forEach((peer, byScenario) -> {
            Measured measured = byScenario.get(scenario);
            if (measured != null) {
                row(text, peer.name(), latencies(measured));
            }
        });
    }

    /** The scenarios that there are figures of. */
    private List<Scenario> measured() {
        return Arrays.stream(Scenario.values())
                .filter(scenario -> medians.values().stream().anyMatch(figures -> figures.containsKey(scenario)))
                .toList();
    }

    private static List<String> cells(Map<Scenario, Measured> byScenario) {
        List<String> cells = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            Measured measured = byScenario.get(scenario);
            cells.add(measured == null ? "" : rounded(scenario.figure(measured)));
        }
        return cells;
    }

    private static List<String> latencies(Measured measured) {
        return List.of(
                String.format(Locale.ROOT, "%,.0f", measured.deliveriesPerSecond()),
                rounded(measured.p50()),
                rounded(measured.p99()),
                rounded(measured.p999()),
                rounded(measured.max()));
    }

    private static void row(StringBuilder text, String name, List<String> cells) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }

    private Map<String, Double> bars(Scenario scenario) {
        Map<String, Double> bars = new LinkedHashMap<>();
        medians.forEach((peer, byScenario) -> {
            Measured measured = byScenario.get(scenario);
            if (measured != null) {
                bars.put(peer.name(), scenario.figure(measured));
            }
        });
        return bars;
    }

    private static String chart(Scenario scenario) {
        return scenario.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
    }

    private static String rounded(double figure) {
        return String.format(Locale.ROOT, figure < 10 ? "%.2f" : figure < 100 ? "%.1f" : "%.0f", figure);
    }
}
