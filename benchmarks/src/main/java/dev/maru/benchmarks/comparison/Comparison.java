package dev.maru.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Runs every peer that is built under every scenario, round after round, so that what drifts on the machine drifts for
 * all; then writes the medians into the page.
 *
 * <p>Used by the main thread alone.
 */
public final class Comparison {
    private final Generator generator;
    private final Path work;
    private final Map<Peer, Map<Scenario, List<Measured>>> runs = new LinkedHashMap<>();

    private Comparison(Generator generator, Path work) {
        this.generator = generator;
        this.work = work;
    }

    /**
     * Words: {@code root=} the project, {@code work=} a folder for servers' data and logs, {@code page=} the page whose
     * figures are replaced, {@code rounds=3}, {@code warm-up=20} and {@code time=8} seconds, {@code peers=} and
     * {@code scenarios=} for some of them only (names divided by commas). With {@code at-most=0.5} the run fails where
     * the first of the peers chosen costs more than that share of the second.
     */
    public static void main(String[] words) throws Exception {
        Map<String, String> given = new LinkedHashMap<>();
        Arrays.stream(words).map(word -> word.split("=", 2)).forEach(pair -> given.put(pair[0], pair[1]));
        Path root = Path.of(given.getOrDefault("root", ".")).toAbsolutePath().normalize();
        Path work = Path.of(given.getOrDefault(
                "work", root.resolve("benchmarks/target/comparison").toString()));
        Files.createDirectories(work);
        String file = given.getOrDefault("page", "");
        if (file.isEmpty()) {
            System.out.println("no page is written");
        } else if (!Files.isWritable(Path.of(file))) {
            throw new IllegalArgumentException("no page to write to: " + file);
        }
        String java = ProcessHandle.current().info().command().orElse("java");
        List<Peer> peers = Peer.all(root, work, java).stream()
                .filter(peer -> chosen(given, "peers", peer.key()))
                .toList();
        List<Scenario> scenarios = Arrays.stream(Scenario.values())
                .filter(scenario -> chosen(given, "scenarios", scenario.name().toLowerCase(Locale.ROOT)))
                .toList();
        var generator = new Generator(java, given.getOrDefault("warm-up", "20"), given.getOrDefault("time", "8"));
        var comparison = new Comparison(generator, work);
        for (int round = 0; round < Integer.parseInt(given.getOrDefault("rounds", "3")); round++) {
            comparison.round(peers, scenarios);
        }
        var page = new Page(comparison.medians(), Machine.describe(root, java));
        System.out.println(page.figures());
        if (!file.isEmpty()) {
            page.write(Path.of(file));
        }
        if (given.containsKey("at-most")) {
            comparison.check(Double.parseDouble(given.get("at-most")));
        }
    }

    private void round(List<Peer> peers, List<Scenario> scenarios) throws IOException, InterruptedException {
        for (Scenario scenario : scenarios) {
            for (Peer peer : peers) {
                measure(peer, scenario);
            }
        }
    }

    private void measure(Peer peer, Scenario scenario) throws IOException, InterruptedException {
        try (var server = RunningPeer.start(peer, work)) {
            Measured measured = generator.run(server, scenario);
            runs.computeIfAbsent(peer, any -> new EnumMap<>(Scenario.class))
                    .computeIfAbsent(scenario, any -> new ArrayList<>())
                    .add(measured);
            System.out.printf(
                    Locale.ROOT, "%-40s %-12s %.2f %s%n", peer.name(), scenario, scenario.figure(measured), measured);
        } catch (IllegalStateException e) {
            System.out.println(peer.name() + ", " + scenario + ": " + e.getMessage());
        }
    }

    private void check(double share) {
        Map<Peer, Map<Scenario, Measured>> medians = medians();
        Map<Scenario, Measured> first = medians.values().iterator().next();
        Map<Scenario, Measured> second =
                medians.values().stream().skip(1).findFirst().orElseThrow();
        first.forEach((scenario, measured) -> {
            double ratio = scenario.figure(measured) / scenario.figure(Objects.requireNonNull(second.get(scenario)));
            System.out.printf(Locale.ROOT, "%s: %.2f of the second%n", scenario, ratio);
            if (ratio > share) {
                throw new IllegalStateException(scenario + ": " + ratio + " is more than " + share);
            }
        });
    }

    private Map<Peer, Map<Scenario, Measured>> medians() {
        Map<Peer, Map<Scenario, Measured>> medians = new LinkedHashMap<>();
        runs.forEach((peer, byScenario) -> {
            Map<Scenario, Measured> figures = new EnumMap<>(Scenario.class);
            byScenario.forEach((scenario, measured) -> figures.put(scenario, Measured.median(measured)));
            medians.put(peer, figures);
        });
        return medians;
    }

    private static boolean chosen(Map<String, String> given, String name, String key) {
        String wanted = given.get(name);
        return wanted == null || List.of(wanted.split(",", -1)).contains(key);
    }
}
