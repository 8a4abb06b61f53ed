package dev.maru.benchmarks.comparison;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server to measure.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param key its name in short, for the command line and for files
 * @param command starts it; {@code {port}} stands for its port, {@code {folder}} for a folder of its own
 * @param wire the generator's words for how its clients talk
 * @param needs the file that is there where the server is built
 */
record Peer(String key, String name, List<String> command, List<String> wire, Path needs) {
    private static final String CHAT =
            "body={\"roomId\":\"{room}\",\"type\":\"TALK\",\"sender\":\"s\",\"message\":\"{payload}\"}";
    private static final List<String> MARU = List.of(
            "wire=stomp", "path=/ws", "subscribe=/topic/{room}", "send=/topic/{room}", "body={payload}", "size=150");
    private static final List<String> STORED = List.of(
            "wire=stomp",
            "path=/ws",
            "subscribe=/topic/public/{room}",
            "send=/app/chat/message/{room}",
            CHAT,
            "size=60");
    private static final List<String> TEXT = List.of("wire=text", "size=290");

    /** All that can be measured, the limit first. */
    static List<Peer> all(Path root, Path work, String java) {
        Path peers = root.resolve("benchmarks/peers");
        Path starter = peers.resolve("starter/target");
        Path limit = work.resolve("limit");
        Path maru = root.resolve("server/target/maru.jar");
        return Stream.of(
                        new Peer("limit", "bare C, epoll: the limit", List.of("" + limit, "{port}"), TEXT, limit),
                        new Peer(
                                "limit-1", "bare C, a send for each", List.of("" + limit, "-1", "{port}"), TEXT, limit),
                        new Peer("maru", "Maru", maruCommand(java, root), MARU, maru),
                        new Peer("maru-stored", "Maru, every message stored", maruCommand(java, root), STORED, maru),
                        bun(peers.resolve("bun")),
                        socketIo(peers.resolve("socket-io")),
                        spring(java, peers.resolve("spring/target/peer-spring-1.jar")),
                        starter(java, starter.resolve("webflux/peer.jar"), "webflux", "server.port"),
                        starter(java, starter.resolve("webmvc/peer.jar"), "servlet", "server.port"),
                        starter(java, starter.resolve("webmvc/peer.jar"), "own-port", "maru.port"),
                        artemis(java, peers.resolve("artemis/target")))
                .filter(peer -> Files.exists(peer.needs()))
                .toList();
    }

    private static List<String> maruCommand(String java, Path root) {
        return List.of(
                java,
                "@" + root.resolve("server/maru.options"),
                "-Xmx1g",
                "-jar",
                "" + root.resolve("server/target/maru.jar"),
                "--server.port={port}",
                "--maru.data-dir={folder}",
                "--maru.rules[0].destination=/topic/room-*",
                "--maru.rules[0].access=permit");
    }

    private static Peer bun(Path folder) {
        Path bun = folder.resolve("node_modules/.bin/bun");
        return new Peer("bun", "Bun", List.of("" + bun, "" + folder.resolve("server.js"), "{port}"), TEXT, bun);
    }

    private static Peer socketIo(Path folder) {
        List<String> command = List.of("node", "" + folder.resolve("server.js"), "{port}");
        List<String> wire = List.of("wire=socket.io", "size=278");
        Path needs = folder.resolve("node_modules/socket.io/package.json");
        return new Peer("socket-io", "Socket.IO on Node", command, wire, needs);
    }

    private static Peer spring(String java, Path jar) {
        List<String> command = List.of(java, "-Xmx1g", "-jar", "" + jar, "--server.port={port}");
        List<String> wire = Stream.concat(tutorial("/ws/websocket"), Stream.of("ordered=false"))
                .toList();
        return new Peer("spring", "Spring's simple broker on Tomcat", command, wire, jar);
    }

    /** The same application with Maru's starter; the port that clients connect to is that of the given property. */
    private static Peer starter(String java, Path jar, String key, String port) {
        List<String> command = List.of(java, "-Xmx1g", "-jar", "" + jar, "--" + port + "={port}");
        return new Peer(key, "Maru's starter, " + key, command, tutorial("/ws").toList(), jar);
    }

    private static Stream<String> tutorial(String path) {
        return Stream.of(
                "wire=stomp",
                "path=" + path,
                "subscribe=/topic/public/{room}",
                "send=/app/chat/sendMessage",
                CHAT,
                "size=60");
    }

    private static Peer artemis(String java, Path target) {
        Path libraries = target.resolve("lib");
        List<String> command =
                List.of(java, "-Xmx1g", "-cp", libraries + "/*:" + target + "/classes", "peer.ArtemisPeer", "{port}");
        List<String> wire = List.of("wire=stomp", "path=/stomp", "size=100");
        return new Peer("artemis", "ActiveMQ Artemis", command, wire, libraries);
    }
}
