package dev.maru.engine.fanout;

import dev.maru.engine.destination.SnapshotSource;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.util.ArrayList;
import java.util.List;
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
        CANCELLED
    }

    private final Subscriber subscriber;
    private final LoopTopic topic;
    private final SubscriberGroup group;
    private State state = State.WAITING;
    private boolean reading;
    private long position;
    private String epoch = "";
    int indexInGroup;

    TopicSubscription(Subscriber subscriber, LoopTopic topic, SubscriberGroup group) {
        this.subscriber = subscriber;
        this.topic = topic;
        this.group = group;
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
        SnapshotSource snapshots = topic.topic().kind().snapshots();
        MessageContent snapshot = snapshots == null
                ? null
                : snapshots.snapshot(topic.topic().kind().canonical());
        if (snapshot != null) {
            write(List.of(topic.loop().delivery(topic.topic().kind().canonical(), snapshot)));
        }
        state = State.CATCHING_UP;
        catchUp();
    }

    @Override
    public void send(MessageContent content) {
        if (state == State.LIVE && !subscriber.congested()) {
            write(List.of(topic.loop().delivery(topic.topic().kind().canonical(), content)));
        }
    }

    /** The client cannot take what comes after this offset now. */
    void fallBehind(long after) {
        if (!topic.recoverable()) {
            fail(DeliveryFailure.TOO_SLOW);
        } else if (state == State.LIVE) {
            position = Math.max(position, after);
            state = State.CATCHING_UP;
            catchUp();
        }
    }

    @Override
    public void resume() {
        if (state == State.CATCHING_UP && !reading) {
            catchUp();
        }
    }

    @Override
    public void cancel() {
        if (state != State.CANCELLED) {
            state = State.CANCELLED;
            topic.remove(this);
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
            subscriber.fellBehind(this);
        } else {
            reading = true;
            history.readAfter(topic.topic().kind().canonical(), position, PAGE)
                    .whenComplete((page, error) -> topic.loop().executor().execute(() -> onPage(page, error)));
        }
    }

    private void onPage(@Nullable List<StoredMessage> page, @Nullable Throwable error) {
        reading = false;
        if (state != State.CATCHING_UP) {
            return;
        }
        if (page == null) {
            log.warn("The history of {} cannot be read", destination(), error);
            fail(DeliveryFailure.HISTORY_UNAVAILABLE);
        } else if (page.isEmpty() || page.getFirst().position().offset() != position + 1) {
            fail(DeliveryFailure.HISTORY_LOST);
        } else {
            writePage(page);
            catchUp();
        }
    }

    /** Writes the page, or as much of it as fits into one write; what is left is read again. */
    private void writePage(List<StoredMessage> page) {
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
