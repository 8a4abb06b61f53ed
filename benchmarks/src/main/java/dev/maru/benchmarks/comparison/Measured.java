package dev.maru.benchmarks.comparison;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * What the generator reports of one run. Latencies are in milliseconds, from the moment a message was meant to be sent
 * until its last receiver had it.
 *
 * <p>Immutable; safe for any thread.
 */
record Measured(
        double deliveriesPerSecond,
        double cpuMicrosPerDelivery,
        double p50,
        double p99,
        double p999,
        double max,
        double kilobytesPerConnection) {
    private static final Pattern FIGURE = Pattern.compile("\"(\\w+)\":([-\\d.]+)");

    /** Reads the generator's line of JSON. */
    static Measured of(String json) {
        Map<String, Double> figures = new HashMap<>();
        FIGURE.matcher(json).results().forEach(found -> figures.put(found.group(1), Double.valueOf(found.group(2))));
        return new Measured(
                figure(figures, "deliveriesPerSecond"),
                figure(figures, "cpuMicrosPerDelivery"),
                figure(figures, "p50"),
                figure(figures, "p99"),
                figure(figures, "p999"),
                figure(figures, "max"),
                figure(figures, "kilobytesPerConnection"));
    }

    /** The median of each figure by itself. */
    static Measured median(List<Measured> runs) {
        return new Measured(
                median(runs, Measured::deliveriesPerSecond),
                median(runs, Measured::cpuMicrosPerDelivery),
                median(runs, Measured::p50),
                median(runs, Measured::p99),
                median(runs, Measured::p999),
                median(runs, Measured::max),
                median(runs, Measured::kilobytesPerConnection));
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double figure(Map<String, Double> figures, String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new IllegalStateException("the generator reported no " + name);
        }
        return value;
    }
}
