package dev.maru.testkit;

import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A client of the JSON WebSocket that does what a test tells it and nothing of its own accord.
 *
 * <p>What awaits gives up with an {@link AssertionError}. Safe for any thread; messages leave one after the other.
 */
public final class JsonSocketClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonFactory JSON = new JsonFactory();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Map<String, String>> received = new ArrayList<>();
    private final AtomicInteger heartBeats = new AtomicInteger();
    private final CompletableFuture<ClosedWith> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private JsonSocketClient(URI uri) {
        URI address = URI.create(uri.toString().replaceFirst("^http", "ws"));
        this.socket =
                http.newWebSocketBuilder().buildAsync(address, new Reader()).join();
    }

    /** Opens a WebSocket at this address; {@code http} addresses are taken for the {@code ws} ones that they mean. */
    public static JsonSocketClient open(URI uri) {
        return new JsonSocketClient(uri);
    }

    /** Opens a WebSocket and connects with these fields. */
    public static JsonSocketClient connected(URI uri, String... fields) {
        JsonSocketClient client = open(uri).send("CONNECT", fields);
        client.await("CONNECTED");
        return client;
    }

    /** Sends an object of this type with these fields, alternating names and values. */
    public JsonSocketClient send(String type, String... fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("type", type);
            for (int i = 0; i < fields.length; i += 2) {
                json.writeStringProperty(fields[i], fields[i + 1]);
            }
            json.writeEndObject();
        }
        return sendRaw(text.toString());
    }

    /** Sends SUBSCRIBE with a receipt and awaits it: what is sent afterwards reaches this subscription. */
    public Map<String, String> subscribed(String id, String destination, String... fields) {
        List<String> all = new ArrayList<>(List.of("id", id, "destination", destination, "receipt", "r-" + id));
        all.addAll(List.of(fields));
        return send("SUBSCRIBE", all.toArray(String[]::new)).await("RECEIPT");
    }

    /** Sends a text message as it is. */
    public synchronized JsonSocketClient sendRaw(String text) {
        socket.sendText(text, true)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return this;
    }

    /** Awaits the next object of this type that was not awaited before, and leaves the others where they are. */
    public Map<String, String> await(String type) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (received) {
            while (true) {
                @Nullable Map<String, String> found = take(type);
                if (found != null) {
                    return found;
                }
                waitUntil(end, type);
            }
        }
    }

    /** How many objects wait to be taken by {@link #await}. */
    public int waiting() {
        synchronized (received) {
            return received.size();
        }
    }

    /** How many messages of nothing but white space have come. */
    public int heartBeats() {
        return heartBeats.get();
    }

    /** The sub-protocol that the server chose, empty for none. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Awaits the end of the connection, whoever ends it. */
    public ClosedWith awaitClosed() {
        return closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Cuts the connection. Idempotent. */
    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private @Nullable Map<String, String> take(String type) {
        for (Iterator<Map<String, String>> all = received.iterator(); all.hasNext(); ) {
            Map<String, String> next = all.next();
            if (type.equals(next.get("type"))) {
                all.remove();
                return next;
            }
        }
        return null;
    }

    private void waitUntil(long end, String type) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || closed.isDone()) {
            throw new AssertionError("no " + type + " among " + received + "; closed: " + closed);
        }
        try {
            received.wait(Math.min(left, 100));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getString());
            }
        }
        return fields;
    }

    private final class Reader implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                String text = message.toString();
                message.setLength(0);
                if (text.isBlank()) {
                    heartBeats.incrementAndGet();
                } else {
                    Map<String, String> object = parse(text);
                    synchronized (received) {
                        received.add(object);
                        received.notifyAll();
                    }
                }
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            throw new AssertionError("a binary message");
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            closed.complete(new ClosedWith(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
