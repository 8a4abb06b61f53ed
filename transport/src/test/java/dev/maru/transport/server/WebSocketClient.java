package dev.maru.transport.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's WebSocket, with what it receives in a queue: {@code text …}, {@code binary …}, {@code close code reason}.
 *
 * <p>Safe for any thread.
 */
final class WebSocketClient implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    private WebSocketClient(HttpClient http, URI uri, String... subProtocols) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        if (subProtocols.length > 0) {
            builder.subprotocols(subProtocols[0], Arrays.copyOfRange(subProtocols, 1, subProtocols.length));
        }
        this.socket = builder.buildAsync(uri, this).join();
    }

    static WebSocketClient open(HttpClient http, InetSocketAddress server, String path, String... subProtocols) {
        return new WebSocketClient(http, URI.create("ws://localhost:" + server.getPort() + path), subProtocols);
    }

    static WebSocketClient openSecure(HttpClient http, InetSocketAddress server, String path) {
        return new WebSocketClient(http, URI.create("wss://localhost:" + server.getPort() + path));
    }

    WebSocketClient send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    WebSocket socket() {
        return socket;
    }

    String next() throws InterruptedException {
        return Objects.requireNonNull(received.poll(10, TimeUnit.SECONDS), "nothing came");
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            received.add("text " + message);
            message.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        received.add("binary " + StandardCharsets.ISO_8859_1.decode(data));
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        received.add("close " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        received.add("error " + error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
