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
    private static final List<String> TEXT = List.of("wire=text", "size=290");

    /** All that can be measured, the limit first. */
    static List<Peer> all(Path root, Path work, String java) {
        Path peers = root.resolve("benchmarks/peers");
        Path limit = work.resolve("limit");
        Path maru = root.resolve("server/target/maru.jar");
        Path bun = peers.resolve("bun/node_modules/.bin/bun");
        Path socketIo = peers.resolve("socket-io/node_modules/socket.io/package.json");
        Path spring = peers.resolve("spring/target/peer-spring-1.jar");
        Path artemis = peers.resolve("artemis/target/lib");
        return Stream.of(
                        new Peer("limit", "bare C, epoll: the limit", List.of("" + limit, "{port}"), TEXT, limit),
                        new Peer(
                                "limit-1",
                                "bare C, a send for each message",
                                List.of("" + limit, "-1", "{port}"),
                                TEXT,
                                limit),
                        maru(java, maru, "maru", "Maru", "/topic/{room}", "{payload}", "size=150"),
                        maru(
                                java,
                                maru,
                                "maru-stored",
                                "Maru, every message stored",
                                "/app/chat/message/{room}",
                                "",
                                "size=60"),
                        new Peer(
                                "bun",
                                "Bun",
                                List.of("" + bun, "" + peers.resolve("bun/server.js"), "{port}"),
                                TEXT,
                                bun),
                        new Peer(
                                "socket-io",
                                "Socket.IO on Node",
                                List.of("node", "" + peers.resolve("socket-io/server.js"), "{port}"),
                                List.of("wire=socket.io", "size=278"),
                                socketIo),
                        new Peer(
                                "spring",
                                "Spring's simple broker on Tomcat",
                                List.of(java, "-Xmx1g", "-jar", "" + spring, "--server.port={port}"),
                                List.of(
                                        "wire=stomp",
                                        "path=/ws/websocket",
                                        "subscribe=/topic/public/{room}",
                                        "send=/app/chat/sendMessage",
                                        CHAT,
                                        "size=60"),
                                spring),
                        new Peer(
                                "artemis",
                                "ActiveMQ Artemis",
                                List.of(
                                        java,
                                        "-Xmx1g",
                                        "-cp",
                                        artemis + "/*:" + artemis.getParent() + "/classes",
                                        "peer.ArtemisPeer",
                                        "{port}"),
                                List.of("wire=stomp", "path=/stomp", "size=100"),
                                artemis))
                .filter(peer -> Files.exists(peer.needs()))
                .toList();
    }

    private static Peer maru(String java, Path jar, String key, String name, String send, String body, String size) {
        boolean stored = body.isEmpty();
        return new Peer(
                key,
                name,
                List.of(
                        java,
                        "-Xmx1g",
                        "-jar",
                        "" + jar,
                        "--server.port={port}",
                        "--maru.data-dir={folder}",
                        "--maru.rules[0].destination=/topic/room-*",
                        "--maru.rules[0].access=permit"),
                List.of(
                        "wire=stomp",
                        "path=/ws",
                        "subscribe=" + (stored ? "/topic/public/{room}" : send),
                        "send=" + send,
                        stored ? CHAT : "body=" + body,
                        size),
                jar);
    }
}
