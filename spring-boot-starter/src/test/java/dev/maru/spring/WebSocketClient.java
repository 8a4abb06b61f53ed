package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A STOMP client on the JDK's WebSocket, of the kind that sends and looks at whole frames. */
final class WebSocketClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration OFTEN = Duration.ofMillis(5);

    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final AtomicInteger closeCode = new AtomicInteger();
    private final StringBuffer texts = new StringBuffer();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private WebSocketClient(int port, String path, @Nullable String origin) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols("v12.stomp");
        if (origin != null) {
            builder.header("Origin", origin);
        }
        this.socket = builder.buildAsync(URI.create("ws://localhost:" + port + path), this)
                .join();
    }

    /** Opens a WebSocket and sends nothing. */
    static WebSocketClient open(int port, String path) {
        return new WebSocketClient(port, path, null);
    }

    /** Opens a WebSocket as a page of this origin would. */
    static WebSocketClient openFrom(String origin, int port, String path) {
        return new WebSocketClient(port, path, origin);
    }

    /** Opens a WebSocket and a STOMP session. */
    static WebSocketClient connect(int port, String... headers) {
        WebSocketClient client = open(port, "/ws");
        client.send("CONNECT", "", with(headers, "accept-version:1.2", "heart-beat:0,0"));
        client.await("CONNECTED");
        return client;
    }

    WebSocketClient subscribe(String id, String destination) {
        String receipt = "subscribed-" + id;
        send("SUBSCRIBE", "", "id:" + id, "destination:" + destination, "receipt:" + receipt);
        await("RECEIPT", "receipt-id:" + receipt);
        return this;
    }

    WebSocketClient sendTo(String destination, String body, String... headers) {
        return send("SEND", body, with(headers, "destination:" + destination));
    }

    WebSocketClient send(String command, String body, String... headers) {
        String head = headers.length == 0 ? "" : String.join("\n", headers) + "\n";
        return text(command + "\n" + head + "\n" + body + "\0");
    }

    WebSocketClient text(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** Waits for a frame of this command that has all these header lines or pieces of a body. */
    String await(String command, String... pieces) {
        Awaitility.await()
                .pollInterval(OFTEN)
                .until(() -> !received(command, pieces).isEmpty());
        return received(command, pieces).getFirst();
    }

    /** What came so far. */
    List<String> received(String command, String... pieces) {
        Predicate<String> all = frame -> List.of(pieces).stream().allMatch(frame::contains);
        return frames.stream()
                .filter(frame -> frame.startsWith(command + "\n"))
                .filter(all)
                .toList();
    }

    /** Everything that came, as it came. */
    String text() {
        return texts.toString();
    }

    /** Everything after the headers of a frame. */
    static String body(String frame) {
        return frame.substring(frame.indexOf("\n\n") + 2);
    }

    /** Waits for the server's close frame. */
    int awaitClose() {
        Awaitility.await()
                .pollInterval(OFTEN)
                .untilAsserted(() -> assertThat(closeCode.get()).isPositive());
        return closeCode.get();
    }

    boolean isOpen() {
        return closeCode.get() == 0 && !socket.isInputClosed();
    }

    /** Drops the connection without a word. */
    void abort() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        texts.append(data);
        partial.append(data);
        if (last) {
            takeFrames();
        }
        return WebSocket.Listener.super.onText(webSocket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        return onText(webSocket, StandardCharsets.UTF_8.decode(data), last);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode.set(statusCode);
        return null;
    }

    @Override
    public void close() {
        if (isOpen()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }

    private void takeFrames() {
        for (int end = partial.indexOf("\0"); end >= 0; end = partial.indexOf("\0")) {
            frames.add(partial.substring(0, end).stripLeading());
            partial.delete(0, end + 1);
        }
    }

    private static String[] with(String[] headers, String... more) {
        String[] all = Arrays.copyOf(more, more.length + headers.length);
        System.arraycopy(headers, 0, all, more.length, headers.length);
        return all;
    }
}
