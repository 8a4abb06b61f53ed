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
     * figures are replaced, {@code rounds=3}, {@code warm-up=8} and {@code time=8} seconds, {@code peers=} and
     * {@code scenarios=} for some of them only (names divided by commas).
     */
    public static void main(String[] words) throws Exception {
        Map<String, String> given = new LinkedHashMap<>();
        Arrays.stream(words).map(word -> word.split("=", 2)).forEach(pair -> given.put(pair[0], pair[1]));
        Path root = Path.of(given.getOrDefault("root", ".")).toAbsolutePath().normalize();
        Path work = Path.of(given.getOrDefault(
                "work", root.resolve("benchmarks/target/comparison").toString()));
        Files.createDirectories(work);
        String file = given.get("page");
        if (file != null && !Files.isWritable(Path.of(file))) {
            throw new IllegalArgumentException("no page to write to: " + file);
        }
        String java = ProcessHandle.current().info().command().orElse("java");
        List<Peer> peers = Peer.all(root, work, java).stream()
                .filter(peer -> chosen(given, "peers", peer.key()))
                .toList();
        List<Scenario> scenarios = Arrays.stream(Scenario.values())
                .filter(scenario -> chosen(given, "scenarios", scenario.name().toLowerCase(Locale.ROOT)))
                .toList();
        var generator = new Generator(
                java,
                List.of("warm-up=" + given.getOrDefault("warm-up", "8"), "time=" + given.getOrDefault("time", "8")));
        var comparison = new Comparison(generator, work);
        for (int round = 0; round < Integer.parseInt(given.getOrDefault("rounds", "3")); round++) {
            comparison.round(peers, scenarios);
        }
        var page = new Page(comparison.medians(), Machine.describe(root, java));
        System.out.println(page.figures());
        if (file != null) {
            page.write(Path.of(file));
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
