package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompEncoder;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A STOMP client over a WebSocket, with or without SockJS around it, that does what a test tells it and nothing of its
 * own accord: no heart-beats, no reconnecting. It keeps all frames in the order in which they came.
 *
 * <p>Each method that sends returns when the message was handed to the operating system; each that awaits gives up with
 * an {@link AssertionError} that lists what has come. Safe for any thread; messages leave one after the other.
 */
public final class StompTestClient implements AutoCloseable {
    private static final byte[] NO_BODY = {};
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final HttpClient http;
    private final WebSocket webSocket;
    private final WebSocketReader reader;
    private final Duration patience;
    private final boolean sockJs;

    private StompTestClient(Builder builder, HttpClient http, WebSocketReader reader, WebSocket webSocket) {
        this.http = http;
        this.webSocket = webSocket;
        this.reader = reader;
        this.patience = builder.patience;
        this.sockJs = builder.sockJs;
    }

    /** Prepares a client for this address; {@code http} addresses are taken for the {@code ws} ones that they mean. */
    public static Builder at(URI uri) {
        return new Builder(uri);
    }

    /** Opens a WebSocket at this address. Sends no CONNECT. */
    public static StompTestClient open(URI uri) {
        return at(uri).open();
    }

    /** Opens a WebSocket at this address and connects with STOMP 1.2. */
    public static StompTestClient connected(URI uri, String... headers) {
        StompTestClient client = open(uri);
        client.connect(headers);
        return client;
    }

    /**
     * Sends CONNECT and awaits CONNECTED, whose version it speaks from then on. Adds {@code accept-version:1.2} and
     * {@code host} unless they are given.
     */
    public ReceivedFrame connect(String... headers) {
        StompHeaders all = StompHeaders.of(headers);
        if (!all.contains("accept-version")) {
            all.add("accept-version", StompVersion.V1_2.text());
        }
        if (!all.contains("host")) {
            all.add("host", "localhost");
        }
        send(StompCommand.CONNECT, all, NO_BODY);
        return await(StompCommand.CONNECTED);
    }

    /** Sends SUBSCRIBE. */
    public StompTestClient subscribe(String id, String destination, String... headers) {
        return send(StompCommand.SUBSCRIBE, with(headers, "id", id, "destination", destination), NO_BODY);
    }

    /** Sends SUBSCRIBE with a receipt and awaits it: what is sent afterwards reaches this subscription. */
    public ReceivedFrame subscribed(String id, String destination, String... headers) {
        String receipt = "subscribed-" + id;
        StompHeaders all = with(headers, "id", id, "destination", destination, "receipt", receipt);
        send(StompCommand.SUBSCRIBE, all, NO_BODY);
        return awaitReceipt(receipt);
    }

    /** Sends SEND with this body. */
    public StompTestClient send(String destination, String body, String... headers) {
        return send(StompCommand.SEND, with(headers, "destination", destination), body.getBytes(UTF_8));
    }

    /** Sends SEND with a receipt and awaits it. */
    public ReceivedFrame sendAndAwaitReceipt(String destination, String body, String... headers) {
        String receipt = "sent-" + System.nanoTime();
        StompHeaders all = with(headers, "destination", destination, "receipt", receipt);
        send(StompCommand.SEND, all, body.getBytes(UTF_8));
        return awaitReceipt(receipt);
    }

    /** Sends a frame without a body. */
    public StompTestClient send(StompCommand command, String... headers) {
        return send(command, StompHeaders.of(headers), NO_BODY);
    }

    /** Sends any frame in the version that was agreed on; 1.2 before that. */
    public StompTestClient send(StompCommand command, StompHeaders headers, byte[] body) {
        ByteBuf bytes = Unpooled.buffer(StompEncoder.maxEncodedLength(command, headers, body));
        StompEncoder.encode(reader.version(), command, headers, body, bytes);
        if (sockJs || ByteBufUtil.isText(bytes, UTF_8)) {
            return sendText(bytes.toString(UTF_8));
        }
        return sendBinary(bytes.nioBuffer());
    }

    /** Sends a text message, wrapped up if this client speaks SockJS. */
    public StompTestClient sendText(String text) {
        return sendRawText(sockJs ? SockJsFrames.write(text) : text);
    }

    /** Sends a text message as it is. */
    public StompTestClient sendRawText(String text) {
        return sendPart(text, true);
    }

    /** Sends a text frame as it is; with {@code last} false the message goes on with the next one. */
    public synchronized StompTestClient sendPart(String text, boolean last) {
        failIfClosed();
        get(webSocket.sendText(text, last));
        return this;
    }

    /** Sends a binary message as it is. */
    public synchronized StompTestClient sendBinary(ByteBuffer bytes) {
        failIfClosed();
        get(webSocket.sendBinary(bytes, true));
        return this;
    }

    /** Awaits the next frame of this command that was not awaited before, and leaves the others where they are. */
    public ReceivedFrame await(StompCommand command) {
        return await(frame -> frame.command() == command);
    }

    /** Awaits as many frames of this command; they are in the order of their arrival. */
    public List<ReceivedFrame> await(StompCommand command, int count) {
        List<ReceivedFrame> frames = new ArrayList<>();
        while (frames.size() < count) {
            frames.add(await(command));
        }
        return frames;
    }

    /** Awaits the next frame that fits and was not awaited before, and leaves the others where they are. */
    public ReceivedFrame await(Predicate<ReceivedFrame> wanted) {
        return reader.inbox().take(wanted, patience);
    }

    /** Awaits the next MESSAGE of this subscription. */
    public ReceivedFrame awaitMessage(String subscription) {
        return await(
                frame -> frame.command() == StompCommand.MESSAGE && subscription.equals(frame.header("subscription")));
    }

    /** Awaits the RECEIPT with this id. */
    public ReceivedFrame awaitReceipt(String id) {
        return await(frame -> frame.command() == StompCommand.RECEIPT && id.equals(frame.header("receipt-id")));
    }

    /** Everything that has come, awaited or not, in the order of its arrival. */
    public List<ReceivedFrame> frames() {
        return reader.inbox().all();
    }

    /** How many heart-beats have come: line ends between frames, and {@code h} frames of SockJS. */
    public int heartBeats() {
        return reader.heartBeats();
    }

    /** The sub-protocol that the server chose, empty for none. */
    public String subprotocol() {
        return webSocket.getSubprotocol();
    }

    /**
     * Reads nothing more, but for one message that may be on its way, until {@link #resumeReading}: to the server this
     * is a client that is too slow.
     */
    public void pauseReading() {
        reader.pause();
    }

    /** Reads on. */
    public void resumeReading() {
        reader.resume(webSocket);
    }

    /** Awaits the end of the connection, whoever ends it. */
    public ClosedWith awaitClosed() {
        return get(reader.closed());
    }

    /** Awaits the close frame of SockJS, which comes before the one of the WebSocket. */
    public ClosedWith awaitSockJsClosed() {
        return get(reader.sockJsClosed());
    }

    /** Sends a close frame. */
    public synchronized void close(int code, String reason) {
        get(webSocket.sendClose(code, reason));
    }

    /** Cuts the connection without a farewell. */
    public void abort() {
        webSocket.abort();
        http.shutdownNow();
    }

    /** Closes with 1000, waits a moment for the server to agree, and frees everything. Idempotent. */
    @Override
    public void close() {
        if (!webSocket.isOutputClosed() && !reader.closed().isDone()) {
            resumeReading();
            CompletableFuture.allOf(webSocket.sendClose(WebSocket.NORMAL_CLOSURE, ""), reader.closed())
                    .completeOnTimeout(null, CLOSING.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(failed -> null)
                    .join();
        }
        abort();
    }

    /** The operating system takes bytes for a connection that was cut until it has heard of the cut itself. */
    private void failIfClosed() {
        if (reader.closed().isDone()) {
            throw new IllegalStateException("the connection is gone; all there is: " + frames());
        }
    }

    private <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the connection is gone; all there is: " + frames(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened within " + patience + "; all there is: " + frames(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static StompHeaders with(String[] headers, String... first) {
        StompHeaders all = StompHeaders.of(first);
        StompHeaders.of(headers).forEach(all::add);
        return all;
    }

    /**
     * How to open a connection.
     *
     * <p>Confined to one thread.
     */
    public static final class Builder {
        private final URI uri;
        private final List<String> headers = new ArrayList<>();
        private final List<String> subprotocols = new ArrayList<>();
        private Duration patience = Duration.ofSeconds(30);
        private boolean sockJs;

        private Builder(URI uri) {
            this.uri = uri;
        }

        /** Sends this header with the handshake. */
        public Builder header(String name, String value) {
            headers.add(name);
            headers.add(value);
            return this;
        }

        /** Offers these sub-protocols, for example {@code v12.stomp}; none if this is not called. */
        public Builder subprotocols(String... offered) {
            subprotocols.addAll(List.of(offered));
            return this;
        }

        /** Each method that awaits something waits this long instead of thirty seconds. */
        public Builder patience(Duration time) {
            this.patience = time;
            return this;
        }

        /** Speaks SockJS: the address is its base, to which {@code /{server}/{session}/websocket} is added. */
        public Builder sockJs() {
            this.sockJs = true;
            return this;
        }

        /**
         * Opens the WebSocket, and with SockJS awaits its {@code o} frame. Sends no CONNECT.
         *
         * @throws HandshakeRefusedException if the server answers, but not with a WebSocket
         */
        public StompTestClient open() {
            HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECTING).build();
            WebSocketReader reader = new WebSocketReader(sockJs);
            try {
                WebSocket webSocket =
                        builder(http).buildAsync(address(), reader).get(CONNECTING.toMillis(), TimeUnit.MILLISECONDS);
                StompTestClient client = new StompTestClient(this, http, reader, webSocket);
                client.get(reader.opened());
                return client;
            } catch (ExecutionException e) {
                http.shutdownNow();
                throw refused(e);
            } catch (InterruptedException | TimeoutException e) {
                http.shutdownNow();
                throw new AssertionError("no connection to " + uri, e);
            }
        }

        private WebSocket.Builder builder(HttpClient http) {
            WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECTING);
            for (int i = 0; i < headers.size(); i += 2) {
                builder.header(headers.get(i), headers.get(i + 1));
            }
            if (!subprotocols.isEmpty()) {
                builder.subprotocols(
                        subprotocols.getFirst(),
                        subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
            }
            return builder;
        }

        private URI address() {
            String text = uri.toString().replaceFirst("^http", "ws");
            return URI.create(sockJs ? text + "/000/s" + Long.toString(System.nanoTime(), 36) + "/websocket" : text);
        }

        private RuntimeException refused(ExecutionException e) {
            @Nullable Throwable cause = e.getCause();
            return cause instanceof WebSocketHandshakeException answered && answered.getResponse() != null
                    ? new HandshakeRefusedException(answered.getResponse().statusCode(), answered)
                    : new IllegalStateException("no connection to " + uri, Objects.requireNonNullElse(cause, e));
        }
    }
}
