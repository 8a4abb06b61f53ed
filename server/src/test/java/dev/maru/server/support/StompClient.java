package dev.maru.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A STOMP 1.2 client over a real WebSocket. Safe for any thread. */
public final class StompClient implements WebSocket.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<StompMessage> received = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private int receipts;

    private StompClient(HttpClient http, URI address, @Nullable String origin, String... headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols("v12.stomp");
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        if (origin != null) {
            builder.header("Origin", origin);
        }
        this.socket = builder.buildAsync(address, this).join();
    }

    /** Opens a WebSocket and nothing more; the headers are alternating names and values. */
    public static StompClient open(HttpClient http, int port, @Nullable String origin, String... headers) {
        return new StompClient(http, URI.create("ws://localhost:" + port + "/ws"), origin, headers);
    }

    /** Opens a WebSocket and waits until the server said CONNECTED. */
    public static StompClient connect(HttpClient http, int port) {
        StompClient client = open(http, port, null);
        client.frame("CONNECT\naccept-version:1.2\nhost:localhost", "");
        client.await("CONNECTED", message -> true);
        return client;
    }

    /** Sends a frame whose head is written without escaping. */
    public synchronized StompClient frame(String head, String body) {
        sending = sending.thenCompose(sent -> socket.sendText(head + "\n\n" + body + "\0", true));
        return this;
    }

    public StompClient subscribe(String id, String destination, String... headers) {
        String more = headers.length == 0 ? "" : "\n" + String.join("\n", headers);
        return frame("SUBSCRIBE\nid:" + id + "\ndestination:" + destination + more, "");
    }

    /** Subscribes and waits until the subscription is live; returns the receipt. */
    public StompMessage subscribed(String id, String destination, String... headers) {
        String receipt = nextReceipt();
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("receipt:" + receipt);
        subscribe(id, destination, all.toArray(String[]::new));
        return receipt(receipt);
    }

    public StompClient send(String destination, String body) {
        return frame("SEND\ndestination:" + destination, body);
    }

    /** Sends and waits until it is stored; returns the receipt. */
    public StompMessage sent(String destination, String body) {
        String receipt = nextReceipt();
        frame("SEND\ndestination:" + destination + "\nreceipt:" + receipt, body);
        return receipt(receipt);
    }

    public synchronized String nextReceipt() {
        return "r" + ++receipts;
    }

    public StompMessage receipt(String id) {
        return await("RECEIPT", message -> id.equals(message.header("receipt-id")));
    }

    /** The next MESSAGE of a subscription; it is taken out of what was received. */
    public StompMessage message(String subscription) {
        return await("MESSAGE", message -> subscription.equals(message.header("subscription")));
    }

    public StompMessage error() {
        return await("ERROR", message -> true);
    }

    /** The first frame that fits; it is taken out of what was received. */
    public StompMessage await(String command, Predicate<StompMessage> wanted) {
        return Awaitility.await(command)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast(
                        "closed, having received " + this,
                        () -> closed.isDone() && find(command, wanted).isEmpty())
                .until(() -> take(command, wanted), Optional::isPresent)
                .orElseThrow();
    }

    /** Whatever came and was not asked for, of one subscription. */
    public synchronized List<StompMessage> leftOver(String subscription) {
        return received.stream()
                .filter(message -> subscription.equals(message.header("subscription")))
                .toList();
    }

    /** Everything of this command that came and was not asked for. */
    public synchronized List<StompMessage> all(String command) {
        return received.stream()
                .filter(message -> message.command().equals(command))
                .toList();
    }

    /** Takes everything of this command out of what was received. */
    public synchronized List<StompMessage> drain(String command) {
        List<StompMessage> drained = all(command);
        received.removeAll(drained);
        return drained;
    }

    /** Waits until everything sent before was handled, so that what it caused has arrived or never will. */
    public void settle() {
        String id = nextReceipt();
        frame("SUBSCRIBE\nid:settle-" + id + "\ndestination:/topic/typing/settle\nreceipt:" + id, "");
        receipt(id);
    }

    /** Breaks the connection without a word. */
    public void abort() {
        socket.abort();
    }

    public int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(failure -> socket);
        }
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        int end = partial.indexOf("\0");
        while (end >= 0) {
            received.add(StompMessage.parse(partial.substring(0, end).stripLeading()));
            partial.delete(0, end + 1);
            end = partial.indexOf("\0");
        }
        webSocket.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }

    private synchronized Optional<StompMessage> take(String command, Predicate<StompMessage> wanted) {
        Optional<StompMessage> found = find(command, wanted);
        found.ifPresent(received::remove);
        return found;
    }

    private synchronized Optional<StompMessage> find(String command, Predicate<StompMessage> wanted) {
        return received.stream()
                .filter(message -> message.command().equals(command) && wanted.test(message))
                .findFirst();
    }

    @Override
    public synchronized String toString() {
        return received.toString();
    }

    /** Fails if the connection does not stay open while a frame goes there and back. */
    public void assertStillOpen() {
        settle();
        assertThat(isOpen()).isTrue();
    }
}
