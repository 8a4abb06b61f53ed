package dev.maru.server.command;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody who looks at the page, joins a room, says one thing after the other, each when the last one is stored, and
 * after some of them leaves and comes back.
 *
 * <p>What the connection brings is handled by one thread at a time; {@link #leave} is for any thread.
 */
final class Rehearsing implements WebSocket.Listener {
    private static final int MESSAGES_FOR_A_VISIT = 25;
    private static final Pattern POSITION = Pattern.compile("\nposition:(\\S+)\n");
    private static final String SUBSCRIBED = "\nreceipt-id:subscribed\n";

    private final HttpClient http;
    private final URI server;
    private final String name;
    private final String room;
    private final AtomicLong receipts;
    private final StringBuilder heard = new StringBuilder();
    private CompletableFuture<WebSocket> sending = new CompletableFuture<>();
    private String since = "";
    private int said;
    private volatile boolean left;

    /** @param receipts counts what is stored, of all people together */
    Rehearsing(HttpClient http, URI server, String name, String room, AtomicLong receipts) {
        this.http = http;
        this.server = server;
        this.name = name;
        this.room = room;
        this.receipts = receipts;
    }

    void come() {
        if (left) {
            return;
        }
        get("/").thenCompose(_ -> get("/api/rooms"))
                .thenCompose(_ -> get("/api/rooms/" + room + "/messages"))
                .thenCompose(_ -> http.newWebSocketBuilder()
                        .subprotocols("v12.stomp")
                        .buildAsync(URI.create("ws" + server.toString().substring(4) + "/ws"), this));
    }

    void leave() {
        left = true;
    }

    @Override
    public void onOpen(WebSocket socket) {
        heard.setLength(0);
        sending = CompletableFuture.completedFuture(socket);
        send("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
        socket.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        heard.append(text);
        for (int end = heard.indexOf("\0"); end >= 0; end = heard.indexOf("\0")) {
            hear(socket, heard.substring(0, end).stripLeading());
            heard.delete(0, end + 1);
        }
        socket.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void hear(WebSocket socket, String frame) {
        if (frame.startsWith("CONNECTED\n")) {
            send("SUBSCRIBE\nid:0\ndestination:/topic/public/" + room + "\nreceipt:subscribed\n" + since + "\n\0");
        } else if (frame.startsWith("RECEIPT\n")) {
            if (frame.contains(SUBSCRIBED)) {
                send("SEND\ndestination:/app/chat/addUser\n\n{\"roomId\":\"" + room
                        + "\",\"type\":\"JOIN\",\"sender\":\"" + name + "\"}\0");
            } else {
                stored(frame);
            }
            goOn(socket);
        }
    }

    private void stored(String receipt) {
        receipts.incrementAndGet();
        Matcher position = POSITION.matcher(receipt);
        if (position.find()) {
            since = "since:" + position.group(1) + "\n";
        }
    }

    private void goOn(WebSocket socket) {
        if (left || ++said % MESSAGES_FOR_A_VISIT == 0) {
            socket.abort();
            come();
        } else {
            send("SEND\ndestination:/app/chat/message/" + room + "\nreceipt:" + said
                    + "\n\n{\"type\":\"TALK\",\"sender\":\"" + name
                    + "\",\"message\":\"This is message " + said + ", 안녕하세요\"}\0");
        }
    }

    private void send(String frames) {
        sending = sending.thenCompose(socket -> socket.sendText(frames, true));
    }

    private CompletableFuture<?> get(String path) {
        return http.sendAsync(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.discarding());
    }
}
