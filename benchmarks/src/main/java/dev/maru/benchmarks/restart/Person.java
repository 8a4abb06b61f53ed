package dev.maru.benchmarks.restart;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a room who behaves as a good client does: asks for what was missed, sends again under the same id what has
 * no receipt, comes back when the server asked for it, and otherwise in the way of the browser client.
 *
 * <p>Confined to the crowd's event loop.
 */
final class Person {
    private static final int SUBSCRIPTIONS = 3;
    private static final long RESEND_MILLIS = 200;

    private final String name;
    private final String room;
    private final Transcript transcript;
    private final Crowd crowd;
    private final Set<String> unanswered = new LinkedHashSet<>();
    private @Nullable Link link;
    private @Nullable String position;
    private long reached;
    private long head;
    private int confirmed;
    private boolean mayTalk;
    private int count;
    private long lostNanos = System.nanoTime();
    private long triedNanos = System.nanoTime();
    private boolean away = true;

    /** @param position where to read on; null to begin with what comes */
    Person(String name, String room, Transcript transcript, Crowd crowd, @Nullable String position) {
        this.name = name;
        this.room = room;
        this.transcript = transcript;
        this.crowd = crowd;
        this.position = position;
    }

    /** Whether all subscriptions are confirmed and everything that was missed has come. */
    boolean isThere() {
        return !away;
    }

    /** Whether everything that was written has its receipt, and everything that is known of has come. */
    boolean hasAll() {
        return !away && unanswered.isEmpty() && reached == transcript.head();
    }

    /** The position of the room's beginning. */
    String beginning() {
        String somewhere = String.valueOf(position);
        return somewhere.substring(0, somewhere.indexOf('-')) + "-0";
    }

    void leave() {
        transcript.left(reached, unanswered.size());
    }

    /** Writes a message; while there is no connection it waits for one. */
    void talk() {
        String id = name + "-" + ++count;
        unanswered.add(id);
        if (mayTalk) {
            send(id);
        }
    }

    void connect() {
        triedNanos = System.nanoTime();
        crowd.connect(this);
    }

    void opened(Link opened) {
        crowd.answered();
        confirmed = 0;
        opened.send("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
    }

    void received(Link from, Frame frame) {
        switch (frame.command()) {
            case "CONNECTED" -> subscribe(from);
            case "RECEIPT" -> receipted(frame);
            case "MESSAGE" -> shown(frame);
            case "ERROR" -> surprised(new IllegalStateException(String.valueOf(frame)));
            default -> {}
        }
    }

    /** The connection is gone, or did not come about. */
    void lost(long hint) {
        long now = System.nanoTime();
        if (!away) {
            away = true;
            lostNanos = now;
            crowd.wentAway(now);
        }
        link = null;
        mayTalk = false;
        long wait = hint == Link.NO_HINT ? Patience.millis(now - lostNanos) : hint;
        var _ = crowd.loop().schedule(this::connect, wait, MILLISECONDS);
    }

    void surprised(Throwable cause) {
        crowd.surprised(cause);
    }

    private void subscribe(Link opened) {
        link = opened;
        String since = position == null ? "" : "\nsince:" + position;
        subscribe(opened, "errors", "/user/queue/errors", "");
        subscribe(opened, "presence", "/topic/presence/" + room, "");
        subscribe(opened, "room", "/topic/public/" + room, since);
        opened.send("SEND\ndestination:/app/chat/addUser\n\n{\"roomId\":\"%s\",\"type\":\"JOIN\",\"sender\":\"%s\"}\0"
                .formatted(room, name));
    }

    private static void subscribe(Link opened, String id, String destination, String more) {
        opened.send("SUBSCRIBE\nid:%s\nreceipt:%s\ndestination:%s%s\n\n\0".formatted(id, id, destination, more));
    }

    private void send(String id) {
        Link to = link;
        if (to != null) {
            to.send("SEND\ndestination:/app/chat/message/%s\nreceipt:%s\n\n".formatted(room, id)
                    + "{\"roomId\":\"%s\",\"type\":\"TALK\",\"sender\":\"%s\",".formatted(room, name)
                    + "\"message\":\"This is what %s has to say\",\"clientMessageId\":\"%s\"}\0".formatted(id, id));
        }
    }

    private void receipted(Frame receipt) {
        String id = receipt.promised("receipt-id");
        if (unanswered.remove(id)) {
            transcript.receipted(id, offset(receipt.promised("position")));
        } else if (List.of("errors", "presence", "room").contains(id)) {
            confirmed(receipt, id.equals("room"));
        }
    }

    private void confirmed(Frame receipt, boolean ofRoom) {
        confirmed++;
        if (ofRoom) {
            if (position == null) {
                position = receipt.promised("position");
                reached = offset(position);
            } else if (!"true".equals(receipt.header("recovered"))) {
                transcript.broken();
            }
            String newest = receipt.header("head");
            head = newest == null ? reached : offset(newest);
            mayTalk = true;
            List.copyOf(unanswered).forEach(this::send);
        }
        lookWhetherThere();
    }

    private void shown(Frame message) {
        String subscription = message.promised("subscription");
        if (subscription.equals("errors")) {
            refused(message);
        } else if (subscription.equals("room") && message.promised("message-id").indexOf('~') < 0) {
            String place = message.promised("message-id");
            transcript.shown(reached, offset(place), id(message.body()));
            position = place;
            reached = offset(place);
            lookWhetherThere();
        }
    }

    private void refused(Frame refusal) {
        String id = refusal.header("receipt-id");
        crowd.refused();
        if (id != null && unanswered.contains(id)) {
            var _ = crowd.loop().schedule(() -> send(id), RESEND_MILLIS, MILLISECONDS);
        } else {
            surprised(new IllegalStateException(String.valueOf(refusal)));
        }
    }

    private void lookWhetherThere() {
        if (away && confirmed == SUBSCRIPTIONS && reached >= head) {
            away = false;
            crowd.cameBack(new Blackout(lostNanos, triedNanos, System.nanoTime()));
        }
    }

    private static long offset(String position) {
        return Long.parseLong(position.substring(position.lastIndexOf('-') + 1));
    }

    private static String id(String body) {
        int at = body.indexOf("\"clientMessageId\":\"") + 19;
        return body.substring(at, body.indexOf('"', at));
    }
}
