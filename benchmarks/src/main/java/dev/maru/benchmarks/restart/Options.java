package dev.maru.benchmarks.restart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to do, from words of the form {@code name=value}.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param jar the packaged server
 * @param work a folder for its data and its log
 * @param port where the server listens
 * @param people how many, spread over the rooms
 * @param rooms how many
 * @param rate messages in a second, of all people together
 * @param restarts how often each way of ending it is tried
 * @param chat how long all is well before each restart
 * @param jvm options of the server's JVM
 * @param server what further to tell the server
 */
record Options(
        Path jar,
        Path work,
        int port,
        int people,
        int rooms,
        double rate,
        int restarts,
        Duration chat,
        List<String> jvm,
        List<String> server) {

    static Options of(String[] words) {
        Map<String, String> given = new HashMap<>();
        Arrays.stream(words).map(word -> word.split("=", 2)).forEach(pair -> given.put(pair[0], pair[1]));
        Path root = Path.of(given.getOrDefault("root", ".")).toAbsolutePath().normalize();
        return new Options(
                Path.of(given.getOrDefault(
                        "jar", root.resolve("server/target/maru.jar").toString())),
                Path.of(given.getOrDefault(
                        "work", root.resolve("benchmarks/target/restart").toString())),
                number(given, "port", 18_080),
                number(given, "people", 1000),
                number(given, "rooms", 20),
                Double.parseDouble(given.getOrDefault("rate", "100")),
                number(given, "restarts", 3),
                Duration.ofSeconds(number(given, "chat", 10)),
                list(given.getOrDefault("jvm", "-Xmx1g")),
                list(given.getOrDefault("server", "")));
    }

    private static List<String> list(String words) {
        return Arrays.stream(words.split(",", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }
}
