package dev.maru.engine.fanout;

import dev.maru.engine.destination.OverflowPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The messages of one subscription that wait until its client takes more. Bounded by the client's budget; who gives way
 * when it is full is said by the {@link OverflowPolicy} of each message's destination.
 *
 * <p>Confined to its event loop.
 */
final class OverflowQueue {
    private final OverflowBudget budget;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>(4);
    private int dropped;

    OverflowQueue(OverflowBudget budget) {
        this.budget = budget;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes a message, or drops it or others in its place; returns false if the policy is to end the connection. */
    boolean offer(Delivery message, OverflowPolicy policy) {
        return switch (policy) {
            case DISCONNECT -> false;
            case DROP_NEWEST -> add(message) || drop();
            case DROP_OLDEST -> addInPlaceOfOlder(message) || drop();
            case KEEP_LATEST -> {
                dropOldest(message.destination());
                yield add(message);
            }
        };
    }

    /** A message will never be written. */
    boolean drop() {
        dropped++;
        return true;
    }

    /** How many messages were dropped since this was asked the last time. */
    int takeDropped() {
        int lost = dropped;
        dropped = 0;
        return lost;
    }

    /** Takes out at least one message, and no more than this many; ends with the one that passes so many bytes. */
    List<Delivery> take(int most, int bytes) {
        List<Delivery> taken = new ArrayList<>();
        int left = bytes;
        while (left > 0 && taken.size() < most && !waiting.isEmpty()) {
            Delivery next = waiting.poll();
            budget.giveBack(next);
            left -= next.content().body().length;
            taken.add(next);
        }
        return taken;
    }

    /** Nothing waits any more. */
    void clear() {
        waiting.forEach(budget::giveBack);
        waiting.clear();
    }

    private boolean add(Delivery message) {
        return budget.tryTake(message) && waiting.add(message);
    }

    private boolean addInPlaceOfOlder(Delivery message) {
        if (!budget.couldTake(message)) {
            return false;
        }
        boolean added = add(message);
        while (!added && dropOldest(message.destination())) {
            added = add(message);
        }
        return added;
    }

    private boolean dropOldest(String destination) {
        for (Iterator<Delivery> oldest = waiting.iterator(); oldest.hasNext(); ) {
            Delivery message = oldest.next();
            if (message.destination().equals(destination)) {
                oldest.remove();
                budget.giveBack(message);
                return drop();
            }
        }
        return false;
    }
}
