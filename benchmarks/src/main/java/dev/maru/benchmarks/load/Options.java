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
 * @param audience members of the first room; only its messages' latency is reported. 0 if it is a room like all others
 * @param heartBeatMillis how often clients and server promise to send something; 0 if they do not
 * @param size of a payload in bytes
 * @param window how many messages of a room are under way at a time; 0 where the rate decides
 * @param rate messages a second in all; 0 where the window decides
 * @param ordered whether a room's messages must come to all in one order
 * @param everybodySends whether all members of a room send, or only its first
 */
record Options(
        int port,
        List<Long> pids,
        Wire wire,
        int rooms,
        int members,
        int audience,
        int heartBeatMillis,
        int size,
        int window,
        double rate,
        boolean ordered,
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
                number(given, "audience", 0),
                number(given, "heart-beat", 0),
                number(given, "size", 290),
                number(given, "window", 0),
                Double.parseDouble(given.getOrDefault("rate", "0")),
                Boolean.parseBoolean(given.getOrDefault("ordered", "true")),
                Boolean.parseBoolean(given.getOrDefault("everybody", "false")),
                Duration.ofSeconds(number(given, "warm-up", 5)),
                Duration.ofSeconds(number(given, "time", 10)));
    }

    private static Wire wire(Map<String, String> given) {
        String name = given.getOrDefault("wire", "stomp");
        int beat = number(given, "heart-beat", 0);
        return switch (name) {
            case "text" -> new PlainTextWire(given.getOrDefault("path", ""));
            case "socket.io" -> new SocketIoWire();
            case "stomp" ->
                new StompWire(
                        given.getOrDefault("path", "/ws"),
                        given.getOrDefault("subscribe", "/topic/{room}"),
                        given.getOrDefault("send", "/topic/{room}"),
                        given.getOrDefault("body", "{payload}"),
                        "heart-beat:" + beat + "," + beat + "\n" + lines(given, "connect"),
                        lines(given, "send-headers"));
            default -> throw new IllegalArgumentException("wire is none of stomp, text, socket.io: " + name);
        };
    }

    /** How many members a room has. */
    int members(int room) {
        return room == 0 && audience > 0 ? audience : members;
    }

    int connections() {
        return (rooms - 1) * members + members(0);
    }

    /** Headers, each ended by a newline; on the command line by a bar. */
    private static String lines(Map<String, String> given, String name) {
        return given.getOrDefault(name, "").replace("|", "\n");
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
