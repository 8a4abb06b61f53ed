package dev.maru.engine.dispatch;

import dev.maru.engine.fanout.AckWindow;
import dev.maru.engine.fanout.Loop;
import dev.maru.engine.fanout.MessageEncoder;
import dev.maru.engine.fanout.Settlement;
import dev.maru.engine.fanout.Subscriber;
import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fanout.SubscriptionTerms;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueLease;
import dev.maru.stomp.StompHeaders;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to a queue: each message that it gets is its own until it is acknowledged or refused, or until the
 * subscription ends. A client that does not acknowledge has got what was written to it.
 *
 * <p>Confined to its event loop.
 */
final class QueueSubscription implements Subscription {

    /** How many messages a client that does not acknowledge may have on their way to it. */
    private static final int AHEAD = 64;

    private static final LogHead NO_HISTORY = new LogHead(new StreamPosition("0", 0), 1);

    private final Subscriber subscriber;
    private final Loop loop;
    private final SubscriptionTerms terms;
    private final Queues.Place place;
    private final @Nullable AckWindow<Optional<QueueLease>> window;
    private final Consumer consumer;
    private @Nullable QueueDispatch dispatch;
    private boolean cancelled;

    QueueSubscription(Subscriber subscriber, Loop loop, SubscriptionTerms terms, Queues.Place place) {
        this.subscriber = subscriber;
        this.loop = loop;
        this.terms = terms;
        this.place = place;
        this.window = AckWindow.of(terms);
        this.consumer = new Consumer(this, window == null ? AHEAD : terms.window());
    }

    @Override
    public String id() {
        return terms.id();
    }

    @Override
    public String destination() {
        return terms.destination();
    }

    @Override
    public void whenReady(BiConsumer<@Nullable LogHead, @Nullable Throwable> action) {
        action.accept(NO_HISTORY, null);
    }

    @Override
    public void start(long after) {
        if (!cancelled && dispatch == null) {
            dispatch = place.join(consumer);
        }
    }

    @Override
    public void send(MessageContent content) {
        if (dispatch != null && !cancelled && !subscriber.congested() && (window == null || window.room() > 0)) {
            write(content, loop.uniqueId(), new StompHeaders(), Optional.empty());
        }
    }

    /** Gives it a message; called by any thread. */
    void post(Parcel parcel) {
        loop.post(() -> deliver(parcel));
    }

    @Override
    public @Nullable Settlement settle(String messageId, boolean positive) {
        QueueDispatch from = dispatch;
        if (window == null || from == null) {
            return null;
        }
        SequencedMap<String, AckWindow.Kept<Optional<QueueLease>>> taken = window.take(messageId);
        if (taken.isEmpty()) {
            return null;
        }
        List<QueueLease> leases = leases(taken.values());
        return new Settlement(
                place.store(),
                leases.stream().map(lease -> change(from, lease, positive)).toList(),
                () -> from.settled(consumer, leases.size()),
                () -> undo(from, taken));
    }

    @Override
    public void resume() {
        if (dispatch != null && !cancelled) {
            dispatch.resume(consumer);
        }
    }

    @Override
    public void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        if (dispatch != null) {
            place.leave(consumer);
            if (window != null) {
                leave(dispatch, leases(window.takeAll().values()));
            }
        }
    }

    private void deliver(Parcel parcel) {
        QueueDispatch from = dispatch;
        if (from == null) {
            throw new IllegalStateException("nobody gave this away: " + parcel.lease());
        }
        if (cancelled || subscriber.closing()) {
            from.returned(consumer, parcel);
        } else if (subscriber.congested()) {
            subscriber.fellBehind(this);
            from.returned(consumer, parcel);
        } else {
            write(parcel, from);
        }
    }

    private void write(Parcel parcel, QueueDispatch from) {
        write(parcel.message().content(), "q-" + parcel.lease().id(), headers(parcel), Optional.of(parcel.lease()));
        boolean full = subscriber.congested();
        if (full) {
            subscriber.fellBehind(this);
        }
        from.written(consumer, full);
        if (window == null) {
            List<QueueChange> gone = List.of(new QueueChange.Acknowledge(parcel.lease()));
            from.settling().eventually(gone, () -> from.settled(consumer, 1));
        }
    }

    private void write(MessageContent content, String messageId, StompHeaders headers, Optional<QueueLease> lease) {
        if (window != null) {
            headers.add("ack", window.add(messageId, lease));
        }
        MessageEncoder encoder = new MessageEncoder(subscriber, terms.id(), terms.destination());
        encoder.add(content, messageId, headers);
        subscriber.write(encoder.encoded());
    }

    private QueueChange change(QueueDispatch from, QueueLease lease, boolean positive) {
        if (positive) {
            return new QueueChange.Acknowledge(lease);
        }
        from.refused(consumer, lease.id());
        return from.settling().settings().inVain(lease);
    }

    private void undo(QueueDispatch from, SequencedMap<String, AckWindow.Kept<Optional<QueueLease>>> taken) {
        if (cancelled || window == null) {
            abandon(from, leases(taken.values()));
        } else {
            window.restore(taken);
        }
    }

    private void leave(QueueDispatch from, List<QueueLease> leases) {
        if (subscriber.closing()) {
            abandon(from, leases);
        } else {
            settle(from, from.settling().givenBack(leases));
        }
    }

    private static void abandon(QueueDispatch from, List<QueueLease> leases) {
        settle(from, from.settling().abandoned(leases));
    }

    private static void settle(QueueDispatch from, List<QueueChange> changes) {
        if (!changes.isEmpty()) {
            from.settling().eventually(changes, () -> {});
        }
    }

    private static List<QueueLease> leases(Collection<AckWindow.Kept<Optional<QueueLease>>> kept) {
        return kept.stream().flatMap(message -> message.value().stream()).toList();
    }

    private static StompHeaders headers(Parcel parcel) {
        StompHeaders headers = new StompHeaders();
        if (parcel.again()) {
            headers.add("redelivered", "true");
            headers.add("delivery-attempt", Integer.toString(parcel.lease().attempt()));
        }
        String origin = parcel.message().origin();
        return origin == null ? headers : headers.add("original-destination", origin);
    }
}
