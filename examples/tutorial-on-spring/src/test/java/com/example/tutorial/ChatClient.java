package com.example.tutorial;

import dev.maru.stomp.StompCommand;
import dev.maru.testkit.ReceivedFrame;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/** A STOMP client that does what a test tells it and nothing else. Headers are lines such as {@code receipt:r}. */
final class ChatClient implements AutoCloseable {
    private static final String PROBE = "probe";
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Wire wire;

    private ChatClient(Wire wire) {
        this.wire = wire;
    }

    static ChatClient connected(int port, Wire.Way way) {
        ChatClient client = opened(port, way);
        client.frame("CONNECT", "", "accept-version:1.2,1.1,1.0", "host:localhost");
        client.await(frame -> frame.command() == StompCommand.CONNECTED);
        return client;
    }

    static ChatClient opened(int port, Wire.Way way) {
        return new ChatClient(way.open(URI.create("http://localhost:" + port + "/ws")));
    }

    /** A room that no other test knows. */
    static String newRoom() {
        return UUID.randomUUID().toString();
    }

    ChatClient frame(String command, String body, String... headers) {
        wire.send(text(command, body, headers));
        return this;
    }

    /** Sends one message: several frames, or a piece of one. */
    ChatClient text(String message) {
        wire.send(message);
        return this;
    }

    static String text(String command, String body, String... headers) {
        String lines = headers.length == 0 ? "" : String.join("\n", headers) + "\n";
        return command + "\n" + lines + "\n" + body + "\0";
    }

    ChatClient send(String destination, String body) {
        return frame("SEND", body, "destination:" + destination);
    }

    /** Says something as this tutorial's page does. */
    ChatClient say(String destination, String roomId, String type, String sender, String message) {
        return send(destination, json(roomId, type, sender, message));
    }

    ChatClient subscribe(String id, String destination) {
        return frame("SUBSCRIBE", "", "id:" + id, "destination:" + destination);
    }

    /**
     * Subscribes, and returns when that took effect. Spring answers no RECEIPT to SUBSCRIBE, so messages are sent until
     * one has come; all of them are left out of what came.
     */
    ChatClient listen(String id, String destination) {
        return listen(id, destination, () -> send(destination, PROBE));
    }

    /** The same, where only the application can send. */
    ChatClient listen(String id, String destination, Runnable poke) {
        return subscribe(id, destination).untilHeard(id, poke);
    }

    /** Pokes until something has come for a subscription. */
    ChatClient untilHeard(String id, Runnable poke) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            poke.run();
            return wire.frames().stream().anyMatch(frame -> id.equals(frame.header("subscription")));
        });
        return this;
    }

    /** What came for a subscription. */
    List<ReceivedFrame> messages(String id) {
        return wire.frames().stream()
                .filter(frame -> frame.command() == StompCommand.MESSAGE)
                .filter(frame -> id.equals(frame.header("subscription")))
                .filter(frame -> !frame.text().equals(PROBE))
                .toList();
    }

    List<ReceivedFrame> frames(StompCommand command) {
        return wire.frames().stream()
                .filter(frame -> frame.command() == command)
                .toList();
    }

    ReceivedFrame await(Predicate<ReceivedFrame> wanted) {
        return Awaitility.await("all there is: " + wire.frames())
                .atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(() -> wire.frames().stream().filter(wanted).findFirst(), found -> found.isPresent())
                .orElseThrow();
    }

    /** Waits for a message of a subscription whose body has this piece. */
    ReceivedFrame await(String id, String piece) {
        return await(frame -> id.equals(frame.header("subscription"))
                && !frame.text().equals(PROBE)
                && frame.text().contains(piece));
    }

    ReceivedFrame awaitReceipt(String id) {
        return await(frame -> frame.command() == StompCommand.RECEIPT && id.equals(frame.header("receipt-id")));
    }

    void abort() {
        wire.abort();
    }

    @Override
    public void close() {
        wire.close();
    }

    static String json(String roomId, String type, String sender, String message) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of("roomId", roomId, "type", type, "sender", sender, "message", message));
    }

    static Map<?, ?> fields(ReceivedFrame message) {
        return JsonMapper.shared().readValue(message.body(), Map.class);
    }
}
