package dev.maru.engine.dispatch;

import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueStore;
import dev.maru.engine.queue.QueuedMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One queue with consumers on this node: leases what they have room for and gives it to them in turn, in the order in
 * which they subscribed.
 *
 * <p>What waits stays in the store. A page is leased when consumers have room, a short one while they are new, and the next one only when all of the
 * page before has been written, so a queue has at most a page in memory however long it is and however slow its
 * consumers are. A message that a consumer cannot take after all goes to the next who can; if there is none, it goes
 * back to the store. A message that a consumer has refused goes to another, if there is another; until one of the
 * others has room it waits here, with few enough others not to keep the refuser from what comes behind them.
 *
 * <p>Safe for any thread; guarded by its own lock, under which nothing waits: messages are only put into the mailboxes
 * of event loops, and the store is asked outside of it.
 */
final class QueueDispatch {
    private static final Logger log = LoggerFactory.getLogger(QueueDispatch.class);
    private static final int PAGE = 64;
    private static final int MOST_REFUSALS_REMEMBERED = 1024;
    /** How many refused messages wait for another consumer before their refuser gets them again. */
    private static final int MOST_KEPT_FOR_OTHERS = 16;

    private final String queue;
    private final QueueStore store;
    private final Settling settling;
    private final List<Consumer> consumers = new ArrayList<>(2);
    private final TreeMap<Long, Parcel> leased = new TreeMap<>();
    private final Map<Long, Consumer> refusedBy = new LinkedHashMap<>();
    private int next;
    private int inTransit;
    private boolean leasing;
    private boolean waiting = true;

    QueueDispatch(String queue, QueueStore store, Settling settling) {
        this.queue = queue;
        this.store = store;
        this.settling = settling;
    }

    Settling settling() {
        return settling;
    }

    synchronized void add(Consumer consumer) {
        consumers.add(consumer);
    }

    /** Removes a consumer; returns whether none is left. */
    synchronized boolean remove(Consumer consumer) {
        int index = consumers.indexOf(consumer);
        if (index >= 0) {
            consumers.remove(index);
            next -= index < next ? 1 : 0;
            refusedBy.values().removeIf(consumer::equals);
        }
        return consumers.isEmpty();
    }

    /** Messages may wait in the store. */
    void wake() {
        synchronized (this) {
            waiting = true;
        }
        turn();
    }

    /** A consumer's connection takes more again. */
    void resume(Consumer consumer) {
        synchronized (this) {
            consumer.paused(false);
        }
        turn();
    }

    /** A message was written to a consumer, whose connection may be full now. */
    void written(Consumer consumer, boolean full) {
        synchronized (this) {
            inTransit--;
            consumer.written();
            consumer.paused(full);
        }
        turn();
    }

    /** A consumer could not take a message that was given to it, and takes no other until it {@link #resume}s. */
    void returned(Consumer consumer, Parcel parcel) {
        synchronized (this) {
            inTransit--;
            consumer.settled(1);
            consumer.paused(true);
            leased.put(parcel.lease().id(), parcel.returned());
        }
        turn();
    }

    /** So many messages of a consumer are settled. */
    void settled(Consumer consumer, int messages) {
        synchronized (this) {
            consumer.settled(messages);
        }
        turn();
    }

    /** The consumer refuses this message: it is somebody else's turn. */
    synchronized void refused(Consumer consumer, long messageId) {
        refusedBy.put(messageId, consumer);
        if (refusedBy.size() > MOST_REFUSALS_REMEMBERED) {
            Iterator<Long> oldest = refusedBy.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Gives out what is leased, and leases what there is room for. */
    void turn() {
        List<Parcel> unwanted = List.of();
        int wanted = 0;
        synchronized (this) {
            giveOut();
            int room = room();
            if (room == 0) {
                unwanted = List.copyOf(leased.values());
                leased.clear();
            } else if (waiting && !leasing && inTransit == 0 && !settling.closed()) {
                wanted = appetite();
                leasing = true;
                waiting = false;
            }
        }
        if (!unwanted.isEmpty()) {
            settling.eventually(unwanted.stream().map(QueueDispatch::unseen).toList(), () -> {});
        }
        if (wanted > 0) {
            store.lease(queue, wanted).whenComplete(this::onLeased);
        }
    }

    private void onLeased(@Nullable List<QueuedMessage> messages, @Nullable Throwable error) {
        synchronized (this) {
            leasing = false;
            if (messages != null) {
                waiting |= !messages.isEmpty();
                messages.forEach(message -> leased.put(message.lease().id(), Parcel.of(message)));
            }
        }
        if (messages == null) {
            log.warn("The queue {} cannot be read: {}", queue, String.valueOf(error));
            settling.later(this::wake);
        } else {
            turn();
        }
    }

    private void giveOut() {
        Iterator<Parcel> parcels = leased.values().iterator();
        int kept = 0;
        while (parcels.hasNext()) {
            Parcel parcel = parcels.next();
            long id = parcel.lease().id();
            Consumer refuser = consumers.size() > 1 && kept < MOST_KEPT_FOR_OTHERS ? refusedBy.get(id) : null;
            Consumer taker = taker(refuser);
            if (taker != null) {
                parcels.remove();
                refusedBy.remove(id);
                inTransit++;
                taker.give(parcel);
            } else {
                kept++;
            }
        }
    }

    /** The next in turn who can take a message that this one refused, or null if nobody can. */
    private @Nullable Consumer taker(@Nullable Consumer refuser) {
        for (int i = 0; i < consumers.size(); i++) {
            int index = (next + i) % consumers.size();
            Consumer candidate = consumers.get(index);
            if (candidate.room() > 0 && candidate != refuser) {
                next = index + 1;
                return candidate;
            }
        }
        return null;
    }

    /** How many messages all consumers together can take now, up to a page. */
    private int room() {
        int room = 0;
        for (int i = 0; i < consumers.size() && room < PAGE; i++) {
            room += consumers.get(i).room();
        }
        return Math.min(room, PAGE);
    }

    /** How many messages to lease for all of them; some, if there is room. */
    private int appetite() {
        int appetite = 0;
        for (int i = 0; i < consumers.size() && appetite < PAGE; i++) {
            appetite += consumers.get(i).appetite();
        }
        return Math.min(appetite, PAGE);
    }

    private static QueueChange unseen(Parcel parcel) {
        return new QueueChange.Release(parcel.lease(), false);
    }
}
