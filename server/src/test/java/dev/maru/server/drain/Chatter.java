package dev.maru.server.drain;

import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** Somebody who talks in bursts, with receipts, until the connection ends. Safe for any thread. */
final class Chatter implements Runnable {
    private static final int LISTENS = 10;
    private static final int BURST = 4;
    private static final Duration BREATH = Duration.ofMillis(100);

    private final String name;
    private final StompClient client;
    private final Map<String, String> receipts = new ConcurrentHashMap<>();
    private int sent;

    private Chatter(String name, StompClient client) {
        this.name = name;
        this.client = client;
    }

    /** Joins the conversation in this room, on a thread of the executor's; a few listen as well. */
    static Chatter start(int number, HttpClient http, int port, Executor executor) {
        Chatter chatter = new Chatter("p" + number, StompClient.connect(http, port));
        if (number % LISTENS == 0) {
            chatter.client.subscribed("room", "/topic/public/drain");
        }
        executor.execute(chatter);
        return chatter;
    }

    @Override
    public void run() {
        while (client.isOpen()) {
            for (int i = 0; i < BURST; i++) {
                send(name + "-" + ++sent);
            }
            LockSupport.parkNanos(BREATH.toNanos());
            collect();
        }
        collect();
    }

    private void send(String id) {
        client.frame(
                "SEND\ndestination:/app/chat/sendMessage\nreceipt:" + id,
                "{\"roomId\":\"drain\",\"sender\":\"%s\",\"message\":\"%s\",\"clientMessageId\":\"%s\"}"
                        .formatted(name, id, id));
    }

    private void collect() {
        client.drain("MESSAGE");
        for (StompMessage receipt : client.drain("RECEIPT")) {
            String position = String.valueOf(receipt.header("position"));
            receipts.put(
                    String.valueOf(receipt.header("receipt-id")), position.substring(position.lastIndexOf('-') + 1));
        }
    }

    StompClient client() {
        return client;
    }

    /** The offset of each message that was receipted; complete when {@link #run} has returned. */
    Map<String, String> receipts() {
        return receipts;
    }
}
