package dev.maru.benchmarks.cluster;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what each broker adds between two nodes: how much later the other node knows of a message, how many messages a
 * second go through before they are late or dropped, and the CPU of either node for each. The two nodes are pinned to a
 * processor each; the broker runs where the system puts it, so on few processors all are in each other's way.
 *
 * <p>Confined to the main thread.
 */
public final class ClusterCost {
    private static final long LATE_NANOS = 250_000_000;
    private static final List<Integer> STEPS = List.of(5_000, 10_000, 20_000, 30_000, 45_000, 60_000, 80_000, 100_000);

    private final int seconds;
    private final int warmUp;

    private ClusterCost(int warmUp, int seconds) {
        this.warmUp = warmUp;
        this.seconds = seconds;
    }

    /** Words: {@code brokers=redis,rabbitmq warm-up=10 time=5}. */
    public static void main(String[] words) throws Exception {
        Map<String, String> given = new HashMap<>();
        Arrays.stream(words).map(word -> word.split("=", 2)).forEach(pair -> given.put(pair[0], pair[1]));
        String all = String.join(
                ",", Arrays.stream(BrokerKind.values()).map(Enum::name).toList());
        ClusterCost cost = new ClusterCost(
                Integer.parseInt(given.getOrDefault("warm-up", "15")),
                Integer.parseInt(given.getOrDefault("time", "5")));
        System.out.println("| broker | p50 ms | p99 ms | µs CPU to tell | µs CPU to hear | messages a second |");
        System.out.println("|---|---|---|---|---|---|");
        for (String name : given.getOrDefault("brokers", all).split(",", -1)) {
            cost.measure(BrokerKind.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        System.exit(0);
    }

    private void measure(BrokerKind kind) throws Exception {
        BrokerKind.Server server = kind.start();
        try (AutoCloseable end = server.end();
                NodeProcess telling = new NodeProcess(kind, server.port(), 0);
                NodeProcess hearing = new NodeProcess(kind, server.port(), 1)) {
            telling.awaitReady();
            hearing.awaitReady();
            run(telling, hearing, 5_000, warmUp);
            Run calm = run(telling, hearing, 1_000, seconds);
            Run busy = run(telling, hearing, 5_000, seconds);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.1f | %.1f | %,d |%n",
                    kind.name().toLowerCase(Locale.ROOT),
                    calm.medianMillis(),
                    calm.lateMillis(),
                    busy.tellingMicros(),
                    busy.hearingMicros(),
                    most(telling, hearing));
        }
    }

    /** The fastest step at which nothing was dropped and nothing late. */
    private int most(NodeProcess telling, NodeProcess hearing) throws IOException {
        int most = 0;
        for (int step : STEPS) {
            Run run = run(telling, hearing, step, seconds);
            if (run.untold > 0 || run.came < run.sent || run.p99 > LATE_NANOS) {
                break;
            }
            most = (int) (run.sent * 1_000_000_000L / run.nanos);
        }
        return most;
    }

    private static Run run(NodeProcess telling, NodeProcess hearing, int aSecond, int seconds) throws IOException {
        long[] hearingBefore = hearing.ask("count");
        long[] tellingBefore = telling.ask("count");
        long begin = System.nanoTime();
        long[] told = telling.ask("send " + aSecond + " " + seconds);
        long nanos = System.nanoTime() - begin;
        LockSupport.parkNanos(1_000_000_000L);
        long[] heard = hearing.ask("count");
        return new Run(
                told[0],
                told[1],
                heard[0],
                heard[1],
                heard[2],
                told[2] - tellingBefore[3],
                heard[3] - hearingBefore[3],
                nanos);
    }

    private record Run(
            long sent, long untold, long came, long p50, long p99, long tellingCpu, long hearingCpu, long nanos) {
        double medianMillis() {
            return p50 / 1e6;
        }

        double lateMillis() {
            return p99 / 1e6;
        }

        double tellingMicros() {
            return tellingCpu / 1e3 / sent;
        }

        double hearingMicros() {
            return hearingCpu / 1e3 / sent;
        }
    }
}
