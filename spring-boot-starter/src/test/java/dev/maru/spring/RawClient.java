package dev.maru.spring;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK's, and the whole messages that come. Safe for any thread. */
final class RawClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final boolean reading;
    private final WebSocket socket;

    private RawClient(int port, String path, String origin, boolean reading) {
        this.reading = reading;
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (!origin.isEmpty()) {
            builder.header("Origin", origin);
        }
        this.socket = builder.buildAsync(URI.create("ws://localhost:" + port + path), this)
                .join();
    }

    static RawClient at(int port, String path) {
        return new RawClient(port, path, "", true);
    }

    static RawClient from(String origin, int port, String path) {
        return new RawClient(port, path, origin, true);
    }

    /** Reads nothing until it is asked to. */
    static RawClient deaf(int port, String path) {
        return new RawClient(port, path, "", false);
    }

    RawClient send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    RawClient send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    void end(int code, String reason) {
        socket.sendClose(code, reason).join();
    }

    void breakOff() {
        socket.abort();
    }

    void readOn() {
        socket.request(Long.MAX_VALUE);
    }

    /** The next message, {@code closed code reason} at the end. */
    String next() throws InterruptedException {
        String message = received.poll(10, TimeUnit.SECONDS);
        return message == null ? "nothing" : message;
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reading) {
            opened.request(Long.MAX_VALUE);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        return whole(last);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        text.append(StandardCharsets.ISO_8859_1.decode(data));
        return whole(last);
    }

    private @Nullable CompletionStage<?> whole(boolean last) {
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        received.add("closed " + code + " " + reason);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
