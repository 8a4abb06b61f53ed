package dev.maru.engine.fanout;

import dev.maru.engine.destination.OverflowPolicy;
import dev.maru.engine.destination.SnapshotSource;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription to one destination.
 *
 * <p>It is <em>live</em> when everything up to where its event loop has come was written to the client; then each new
 * message is written as it comes. Otherwise it is <em>catching up</em>: it reads on from its own position in the log,
 * page by page, as fast as the client takes it, and turns live once it has reached the loop. Since every message beyond
 * the loop's position will come through the loop, and every one up to it is in the log, nothing is missed and nothing
 * is written twice. A subscription that starts from an old position and one whose client was too slow for a while go
 * the same way.
 *
 * <p>Where the client acknowledges, a full window of unacknowledged messages is the same to it as a client that takes
 * no more: everybody gets every message of a topic, so an acknowledgement, and a refusal as well, only makes room.
 *
 * <p>Where nothing is kept there is nothing to read on from. Messages that a client cannot take then go by the
 * destination's {@link OverflowPolicy}, and the subscription is <em>overflowing</em> until those that were let wait have
 * been written: what comes meanwhile waits behind them or is dropped, so that the order stays.
 *
 * <p>Confined to its event loop.
 */
final class TopicSubscription implements Subscription {
    private static final Logger log = LoggerFactory.getLogger(TopicSubscription.class);
    private static final int PAGE = 64;
    private static final int MAX_BYTES_IN_A_WRITE = 256 * 1024;

    private enum State {
        WAITING,
        CATCHING_UP,
        LIVE,
        OVERFLOWING,
        CANCELLED
    }

    private final Subscriber subscriber;
    private final LoopTopic topic;
    private final SubscriberGroup group;
    private final @Nullable AckWindow<Boolean> window;
    private @Nullable OverflowQueue held;
    private boolean snapshotDue;
    private State state = State.WAITING;
    private boolean reading;
    private long position;
    private String epoch = "";
    int indexInGroup;

    TopicSubscription(
            Subscriber subscriber, LoopTopic topic, SubscriberGroup group, @Nullable AckWindow<Boolean> window) {
        this.subscriber = subscriber;
        this.topic = topic;
        this.group = group;
        this.window = window;
    }

    @Override
    public String id() {
        return group.key().id();
    }

    @Override
    public String destination() {
        return group.key().destination();
    }

    Subscriber subscriber() {
        return subscriber;
    }

    SubscriberGroup group() {
        return group;
    }

    boolean live() {
        return state == State.LIVE;
    }

    /** Whether the client acknowledges what it gets. */
    boolean acknowledges() {
        return window != null;
    }

    /** The offset up to which a live subscription needs nothing; beyond the loop's if it started ahead of it. */
    long position() {
        return position;
    }

    @Override
    public void whenReady(BiConsumer<@Nullable LogHead, @Nullable Throwable> action) {
        CompletableFuture<LogHead> ready = topic.topic().ready();
        if (ready.isDone() && !ready.isCompletedExceptionally()) {
            becomeReady(ready.join(), null, action);
        } else {
            var _ = ready.whenComplete((head, error) -> topic.loop().post(() -> becomeReady(head, error, action)));
        }
    }

    private void becomeReady(
            @Nullable LogHead start,
            @Nullable Throwable error,
            BiConsumer<@Nullable LogHead, @Nullable Throwable> action) {
        if (state == State.CANCELLED) {
            return;
        }
        if (start == null) {
            action.accept(null, error);
            return;
        }
        long now = Math.max(start.position().offset(), topic.topic().head());
        topic.standAt(start, now);
        epoch = start.position().epoch();
        action.accept(new LogHead(start.position().at(now), start.oldest()), null);
    }

    @Override
    public void start(long after) {
        if (state != State.WAITING) {
            return;
        }
        position = after;
        if (topic.recoverable()) {
            writeSnapshot();
            state = State.CATCHING_UP;
            catchUp();
        } else {
            snapshotDue = true;
            state = State.OVERFLOWING;
            writeHeld();
        }
    }

    @Override
    public void send(MessageContent content) {
        if (state == State.LIVE && !subscriber.congested() && room() > 0) {
            write(List.of(delivery(content)));
        } else if (!topic.recoverable() && (state == State.LIVE || state == State.OVERFLOWING)) {
            overflow(List.of(delivery(content)), 0);
        }
    }

    @Override
    public void answer(MessageContent content) {
        if (state == State.LIVE || state == State.OVERFLOWING) {
            write(List.of(delivery(content)));
        }
    }

    /** Those among the messages that this subscription has not got yet. */
    List<Delivery> newsIn(List<Delivery> messages) {
        return messages.stream()
                .filter(message -> message.position() == null || message.offset() > position)
                .toList();
    }

    /** Writes messages if the client may have so many more; {@code delivered} is how far the loop had come before. */
    void deliverWithinWindow(List<Delivery> messages, long delivered) {
        List<Delivery> news = newsIn(messages);
        int fitting = Math.clamp(room(), 0, news.size());
        if (fitting < news.size() && topic.recoverable()) {
            fallBehind(delivered);
            return;
        }
        if (fitting > 0) {
            subscriber.write(group.encode(news.subList(0, fitting), this, delivered));
        }
        if (fitting < news.size()) {
            overflow(news.subList(fitting, news.size()), delivered);
        }
    }

    /** The client cannot take these messages now; {@code delivered} is how far the loop had come before them. */
    void overflow(List<Delivery> messages, long delivered) {
        if (topic.recoverable()) {
            fallBehind(delivered);
        } else if (!hold(messages, policy())) {
            fail(DeliveryFailure.TOO_SLOW);
        } else if (state == State.LIVE) {
            state = State.OVERFLOWING;
            subscriber.fellBehind(this);
            resume();
        }
    }

    /** Messages have come that this subscription, which is not live, does not get now. */
    void deliverLater(List<Delivery> messages) {
        if (state == State.OVERFLOWING) {
            overflow(messages, 0);
        }
    }

    /** So many messages are about to be written to this subscription alone. */
    void counted(int messages) {
        topic.loop().traffic().wroteMessages(messages);
    }

    /** Adds a message to what is about to be written to this subscription. */
    void add(Delivery message, String messageId, MessageEncoder encoder) {
        add(message, messageId, window, encoder);
    }

    static void add(Delivery message, String messageId, @Nullable AckWindow<Boolean> window, MessageEncoder encoder) {
        if (window == null) {
            encoder.add(message.content(), messageId);
        } else {
            encoder.add(message.content(), messageId, StompHeaders.of("ack", window.add(messageId, true)));
        }
    }

    @Override
    public @Nullable Settlement settle(String messageId, boolean positive) {
        return window == null ? null : settlement(window, messageId, this::resume);
    }

    static @Nullable Settlement settlement(AckWindow<Boolean> window, String messageId, Runnable resume) {
        SequencedMap<String, AckWindow.Kept<Boolean>> taken = window.take(messageId);
        return taken.isEmpty() ? null : new Settlement(null, List.of(), resume, () -> window.restore(taken));
    }

    /** The client does not get what comes after this offset now, and reads on from the log. */
    void fallBehind(long after) {
        if (state == State.LIVE) {
            position = Math.max(position, after);
            state = State.CATCHING_UP;
            if (position < topic.delivered() && subscriber.congested()) {
                subscriber.fellBehind(this);
            }
            catchUp();
        }
    }

    @Override
    public void resume() {
        if (state == State.OVERFLOWING) {
            writeHeld();
        } else if (state == State.CATCHING_UP && !reading) {
            if (topic.delivered() - position > subscriber.mostMessagesBehind()) {
                fail(DeliveryFailure.TOO_FAR_BEHIND);
            } else {
                catchUp();
            }
        }
    }

    @Override
    public void cancel() {
        if (state == State.CATCHING_UP) {
            subscriber.catchUpTurns().forget(this);
        }
        if (state != State.CANCELLED) {
            state = State.CANCELLED;
            topic.remove(this);
            if (held != null) {
                held.clear();
            }
        }
    }

    /** Where it stands while the loop has come this far; null on a destination without history. */
    @Nullable StreamPosition standing(long delivered) {
        return topic.recoverable() ? new StreamPosition(epoch, Math.max(position, delivered)) : null;
    }

    private void catchUp() {
        MessageLog history = topic.topic().kind().log();
        if (history == null || position >= topic.delivered()) {
            state = State.LIVE;
        } else if (subscriber.congested()) {
            subscriber.awaitRoom();
        } else if (room() > 0 && subscriber.catchUpTurns().tryTake(this)) {
            reading = true;
            history.readAfter(topic.topic().kind().canonical(), position, Math.min(PAGE, room()))
                    .whenComplete((page, error) -> topic.loop().executor().execute(() -> onPage(page, error)));
        }
    }

    private void onPage(@Nullable List<StoredMessage> page, @Nullable Throwable error) {
        reading = false;
        subscriber.catchUpTurns().giveBack();
        if (state != State.CATCHING_UP) {
            return;
        }
        if (page == null) {
            log.warn("The history of {} cannot be read", destination(), error);
            fail(DeliveryFailure.HISTORY_UNAVAILABLE);
        } else if (page.isEmpty() || page.getFirst().position().offset() != position + 1) {
            fail(DeliveryFailure.HISTORY_LOST);
        } else {
            takePage(page);
            catchUp();
        }
    }

    /** A destination that can tell its whole state at any time has that in the place of what was missed. */
    private OverflowPolicy policy() {
        OverflowPolicy declared = topic.loop().overflow(topic.topic().kind().canonical());
        if (declared == null) {
            return topic.topic().kind().snapshots() == null ? OverflowPolicy.DISCONNECT : OverflowPolicy.KEEP_LATEST;
        }
        return declared;
    }

    /** Lets messages wait or drops them; returns false if the connection is to end. */
    private boolean hold(List<Delivery> messages, OverflowPolicy policy) {
        if (held == null) {
            held = new OverflowQueue(subscriber.overflowBudget());
        }
        OverflowQueue queue = held;
        if (policy == OverflowPolicy.KEEP_LATEST && topic.topic().kind().snapshots() != null) {
            snapshotDue = true;
            messages.forEach(_ -> queue.drop());
        } else if (!messages.stream().allMatch(message -> queue.offer(message, policy))) {
            return false;
        }
        int dropped = queue.takeDropped();
        if (dropped > 0) {
            subscriber.dropped(this, dropped);
        }
        return true;
    }

    private void writeHeld() {
        while (state == State.OVERFLOWING) {
            if (subscriber.congested()) {
                subscriber.awaitRoom();
                return;
            }
            if (room() <= 0) {
                return;
            }
            if (snapshotDue) {
                snapshotDue = false;
                writeSnapshot();
            } else if (held == null || held.isEmpty()) {
                held = null;
                state = State.LIVE;
            } else {
                write(held.take(room(), MAX_BYTES_IN_A_WRITE));
            }
        }
    }

    private void writeSnapshot() {
        SnapshotSource snapshots = topic.topic().kind().snapshots();
        MessageContent snapshot = snapshots == null
                ? null
                : snapshots.snapshot(topic.topic().kind().canonical());
        if (snapshot != null) {
            write(List.of(delivery(snapshot)));
        }
    }

    private Delivery delivery(MessageContent content) {
        return topic.loop().delivery(topic.topic().kind().canonical(), content);
    }

    /** How many more messages the client may have now. */
    private int room() {
        return window == null ? Integer.MAX_VALUE : window.room();
    }

    /** Writes the page, or as much of it as fits into one write; what is left is read again, all if nothing fits. */
    private void takePage(List<StoredMessage> page) {
        if (subscriber.congested()) {
            return;
        }
        List<Delivery> messages = new ArrayList<>(page.size());
        int bytes = 0;
        for (StoredMessage message : page) {
            if (bytes >= MAX_BYTES_IN_A_WRITE) {
                break;
            }
            bytes += message.content().body().length;
            messages.add(FanOut.delivery(message));
        }
        write(messages);
        position = messages.getLast().offset();
    }

    private void write(List<Delivery> messages) {
        long standing = state == State.LIVE ? topic.delivered() : position;
        subscriber.write(group.encode(messages, this, standing));
    }

    private void fail(DeliveryFailure failure) {
        cancel();
        subscriber.failed(this, failure);
    }
}
