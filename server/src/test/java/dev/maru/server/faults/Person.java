package dev.maru.server.faults;

import dev.maru.server.faults.History.Entry;
import dev.maru.server.faults.History.View;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Talks and listens in a room, loses the connection or drops it, comes back, goes on from where it stood, and sends again
 * what it has no receipt for, under the same ids: what a client should do. Runs on one thread; what it is asked from
 * outside is safe for any thread.
 */
final class Person implements Runnable {
    private static final String ROOM = "/topic/public/faults";
    private static final int MOST_UNANSWERED = 40;
    private static final int LONGEST_BURST = 8;
    private static final int DROPS_ONE_IN = 60;

    private final String name;
    private final HttpClient http;
    private final int port;
    private final Random random;
    private final Recording recording;
    private final Set<String> unanswered = new LinkedHashSet<>();
    private final List<Entry> seen = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private @Nullable String position;
    private long after;
    private int count;
    private volatile boolean silent;
    private volatile boolean gone;
    private volatile boolean answered;
    private volatile long reached;

    Person(String name, HttpClient http, int port, Random random, Recording recording) {
        this.name = name;
        this.http = http;
        this.port = port;
        this.random = random;
        this.recording = recording;
    }

    @Override
    public void run() {
        while (!gone) {
            try (StompClient client = StompClient.connect(http, port)) {
                stay(client);
            } catch (RuntimeException | AssertionError lost) {
                pause(50, 300);
            }
        }
    }

    /** Says nothing new from now on, but still what has to be said again. */
    void beSilent() {
        silent = true;
    }

    /** Whether nothing new is said, and everything that was said has its receipt. */
    boolean answered() {
        return answered;
    }

    /** How far it has read. */
    long reached() {
        return reached;
    }

    void leave() {
        gone = true;
    }

    /** To be called when {@link #run} has returned. */
    View view() {
        return new View(name, after, List.copyOf(seen), List.copyOf(broken));
    }

    private void stay(StompClient client) {
        try {
            client.subscribed("errors", "/user/queue/errors");
            subscribe(client);
            List.copyOf(unanswered).forEach(id -> send(client, id));
            while (client.isOpen() && !gone && (silent || random.nextInt(DROPS_ONE_IN) > 0)) {
                if (!silent && unanswered.size() < MOST_UNANSWERED) {
                    talk(client);
                }
                pause(20, 200);
                collect(client);
                answered = silent && unanswered.isEmpty();
            }
        } finally {
            client.abort();
            collect(client);
        }
    }

    private void subscribe(StompClient client) {
        String from = position;
        if (from == null) {
            position = String.valueOf(client.subscribed("room", ROOM).header("position"));
            after = offset(position);
            reached = after;
            return;
        }
        StompMessage receipt = client.subscribed("room", ROOM, "since:" + from);
        if (!"true".equals(receipt.header("recovered"))) {
            broken.add(from + " was not recovered: " + receipt);
        }
    }

    private void talk(StompClient client) {
        int burst = 1 + random.nextInt(LONGEST_BURST);
        for (int i = 0; i < burst; i++) {
            String id = name + "-" + ++count;
            unanswered.add(id);
            recording.sent(id);
            send(client, id);
        }
    }

    private void send(StompClient client, String id) {
        client.frame(
                "SEND\ndestination:/app/chat/sendMessage\nreceipt:" + id,
                "{\"roomId\":\"faults\",\"sender\":\"%s\",\"message\":\"%s\",\"clientMessageId\":\"%s\"}"
                        .formatted(name, id, id));
    }

    private void collect(StompClient client) {
        client.drain("RECEIPT").forEach(this::receipted);
        for (StompMessage message : client.drain("MESSAGE")) {
            if ("errors".equals(message.header("subscription"))) {
                send(client, String.valueOf(message.header("receipt-id")));
            } else {
                see(message);
            }
        }
    }

    private void receipted(StompMessage receipt) {
        String id = String.valueOf(receipt.header("receipt-id"));
        if (receipt.header("position") != null && id.startsWith(name)) {
            unanswered.remove(id);
            recording.receipted(id, offset(String.valueOf(receipt.header("position"))));
        }
    }

    private void see(StompMessage message) {
        position = String.valueOf(message.header("message-id"));
        reached = offset(position);
        seen.add(new Entry(reached, String.valueOf(message.text("clientMessageId"))));
    }

    private void pause(int fromMillis, int toMillis) {
        LockSupport.parkNanos(
                Duration.ofMillis(random.nextInt(fromMillis, toMillis)).toNanos());
    }

    private static long offset(String position) {
        return Long.parseLong(position.substring(position.lastIndexOf('-') + 1));
    }
}
