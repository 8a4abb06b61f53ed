package com.example.tutorial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * How a message arrived that a client published to itself.
 *
 * @param binary whether it came in binary frames
 * @param body of the STOMP frame
 */
record BinaryRoundTrip(boolean binary, byte[] body) {

    /** Publishes this body and awaits it. */
    static BinaryRoundTrip of(int port, byte[] body) throws Exception {
        Listener listener = new Listener();
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + port + "/ws/websocket"), listener)
                    .get(30, TimeUnit.SECONDS);
            String topic = "/topic/free/" + ChatClient.newRoom();
            socket.sendText(ChatClient.text("CONNECT", "", "accept-version:1.2", "host:any"), true)
                    .get(30, TimeUnit.SECONDS);
            listener.next("CONNECTED");
            socket.sendText(ChatClient.text("SUBSCRIBE", "", "id:a", "destination:" + topic), true)
                    .get(30, TimeUnit.SECONDS);
            BinaryRoundTrip message = publish(socket, listener, topic, body);
            socket.abort();
            return message;
        }
    }

    /** Again and again, until the subscription has taken effect. */
    private static BinaryRoundTrip publish(WebSocket socket, Listener listener, String topic, byte[] body)
            throws Exception {
        byte[] head = "SEND\ndestination:%s\ncontent-length:%d\n\n"
                .formatted(topic, body.length)
                .getBytes(UTF_8);
        byte[] frame = Arrays.copyOf(head, head.length + body.length + 1);
        System.arraycopy(body, 0, frame, head.length, body.length);
        for (int i = 0; i < 100; i++) {
            socket.sendBinary(ByteBuffer.wrap(frame), true).get(30, TimeUnit.SECONDS);
            BinaryRoundTrip received = listener.poll();
            if (received != null) {
                return received;
            }
        }
        throw new AssertionError("nothing came");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryRoundTrip trip && trip.binary == binary && Arrays.equals(trip.body, body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return (binary ? "binary " : "text ") + Arrays.toString(body);
    }

    /** Takes whole messages as bytes. */
    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<BinaryRoundTrip> messages = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        void next(String command) throws InterruptedException {
            BinaryRoundTrip received = messages.poll(30, TimeUnit.SECONDS);
            if (received == null || !new String(received.body, UTF_8).startsWith(command)) {
                throw new AssertionError("no " + command);
            }
        }

        /** The body of the next message, or null if none comes soon. */
        BinaryRoundTrip poll() throws InterruptedException {
            BinaryRoundTrip received = messages.poll(100, TimeUnit.MILLISECONDS);
            if (received == null) {
                return null;
            }
            int bodyAt = new String(received.body, ISO_8859_1).indexOf("\n\n") + 2;
            return new BinaryRoundTrip(
                    received.binary, Arrays.copyOfRange(received.body, bodyAt, received.body.length - 1));
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            message.writeBytes(text.toString().getBytes(UTF_8));
            return take(socket, false, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
            byte[] part = new byte[bytes.remaining()];
            bytes.get(part);
            message.writeBytes(part);
            return take(socket, true, last);
        }

        private CompletionStage<?> take(WebSocket socket, boolean binary, boolean last) {
            if (last) {
                if (message.size() > 1) {
                    messages.add(new BinaryRoundTrip(binary, message.toByteArray()));
                }
                message.reset();
            }
            socket.request(1);
            return null;
        }
    }
}
