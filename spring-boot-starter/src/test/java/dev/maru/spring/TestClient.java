package dev.maru.spring;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.StompTestClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A STOMP client whose frames are looked at as text: a line for the command, one for each header, and the body. The
 * headers that it sends are such lines, too.
 */
final class TestClient implements AutoCloseable {
    private final StompTestClient client;

    private TestClient(StompTestClient client) {
        this.client = client;
    }

    /** Opens a WebSocket and sends nothing. */
    static TestClient open(int port, String path) {
        return new TestClient(StompTestClient.open(uri(port, path)));
    }

    /** Opens a WebSocket as a page of this origin would. */
    static TestClient openFrom(String origin, int port, String path) {
        return new TestClient(
                StompTestClient.at(uri(port, path)).header("Origin", origin).open());
    }

    /** Opens a STOMP session. */
    static TestClient connected(int port, String... headers) {
        return open(port, "/ws").connect(headers);
    }

    static URI uri(int port, String path) {
        return URI.create("ws://localhost:" + port + path);
    }

    TestClient connect(String... headers) {
        client.connect(split(headers));
        return this;
    }

    TestClient subscribe(String id, String destination) {
        client.subscribed(id, destination);
        return this;
    }

    TestClient sendTo(String destination, String body, String... headers) {
        client.send(destination, body, split(headers));
        return this;
    }

    TestClient send(StompCommand command, String body, String... headers) {
        client.send(command, StompHeaders.of(split(headers)), body.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TestClient text(String text) {
        client.sendText(text);
        return this;
    }

    /** Waits for a frame of this command that has all these pieces. */
    String await(StompCommand command, String... pieces) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !received(command, pieces).isEmpty());
        return received(command, pieces).getFirst();
    }

    /** What came so far, answers to {@link #subscribe} left out. */
    List<String> received(StompCommand command, String... pieces) {
        return client.frames().stream()
                .filter(frame -> frame.command() == command)
                .map(TestClient::text)
                .filter(frame -> Stream.of(pieces).allMatch(frame::contains))
                .filter(frame -> !frame.contains("receipt-id:subscribed-"))
                .toList();
    }

    /** Everything after the headers of a frame. */
    static String body(String frame) {
        return frame.substring(frame.indexOf("\n\n") + 2);
    }

    /** Waits for the server's close frame. */
    int awaitClose() {
        return client.awaitClosed().code();
    }

    /** Drops the connection without a word. */
    void abort() {
        client.abort();
    }

    @Override
    public void close() {
        client.close();
    }

    private static String[] split(String... lines) {
        return Stream.of(lines).flatMap(line -> Stream.of(line.split(":", 2))).toArray(String[]::new);
    }

    private static String text(ReceivedFrame frame) {
        StringBuilder text = new StringBuilder(frame.command().name()).append('\n');
        frame.headers()
                .forEach((name, value) ->
                        text.append(name).append(':').append(value).append('\n'));
        return text.append('\n').append(frame.text()).toString();
    }
}
