package dev.maru.conformance;

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
final class Messages implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    Messages(HttpClient http, int port, String path) {
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + path), this)
                .join();
    }

    Messages send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    Messages send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
        return this;
    }

    /** The next message, {@code closed code reason} at the end. */
    String next() throws InterruptedException {
        String message = received.poll(10, TimeUnit.SECONDS);
        return message == null ? "nothing" : message;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        return whole(from, last);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        text.append(StandardCharsets.ISO_8859_1.decode(data));
        return whole(from, last);
    }

    private @Nullable CompletionStage<?> whole(WebSocket from, boolean last) {
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
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
