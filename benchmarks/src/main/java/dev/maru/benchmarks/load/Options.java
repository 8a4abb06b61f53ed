package dev.maru.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line asks for: {@code name=value} words.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param pids of the server's processes; its CPU and memory are read from them
 * @param size of a payload in bytes
 * @param window how many messages of a room are under way at a time; 0 where the rate decides
 * @param rate messages a second in all; 0 where the window decides
 * @param everybodySends whether all members of a room send, or only its first
 */
record Options(
        int port,
        List<Long> pids,
        Wire wire,
        int rooms,
        int members,
        int size,
        int window,
        double rate,
        boolean everybodySends,
        Duration warmUp,
        Duration time) {

    static Options of(String[] words) {
        Map<String, String> given = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not name=value: " + word);
            }
            given.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new Options(
                number(given, "port", 8080),
                pids(given.getOrDefault("pid", "")),
                wire(given),
                number(given, "rooms", 1),
                number(given, "members", 1000),
                number(given, "size", 290),
                number(given, "window", 0),
                Double.parseDouble(given.getOrDefault("rate", "0")),
                Boolean.parseBoolean(given.getOrDefault("everybody", "false")),
                Duration.ofSeconds(number(given, "warm-up", 5)),
                Duration.ofSeconds(number(given, "time", 10)));
    }

    private static Wire wire(Map<String, String> given) {
        String name = given.getOrDefault("wire", "stomp");
        return switch (name) {
            case "text" -> new PlainTextWire(given.getOrDefault("path", ""));
            case "socket.io" -> new SocketIoWire();
            case "stomp" ->
                new StompWire(
                        given.getOrDefault("path", "/ws"),
                        given.getOrDefault("subscribe", "/topic/{room}"),
                        given.getOrDefault("send", "/topic/{room}"),
                        given.getOrDefault("body", "{payload}"),
                        given.getOrDefault("connect", "").replace("|", "\n"));
            default -> throw new IllegalArgumentException("wire is none of stomp, text, socket.io: " + name);
        };
    }

    private static List<Long> pids(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }
}
