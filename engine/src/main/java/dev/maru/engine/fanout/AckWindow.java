package dev.maru.engine.fanout;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one subscription that were delivered and are not acknowledged yet, at most so many.
 *
 * <p>Confined to its event loop.
 *
 * @param <T> what is kept of each message until then
 */
public final class AckWindow<T> {
    private static final char SEPARATOR = '@';

    private final SubscriptionTerms terms;
    private final Map<String, Kept<T>> delivered = new HashMap<>();
    private final TreeMap<Long, String> inOrder = new TreeMap<>();
    private long order;

    /**
     * What is kept of a message that was delivered.
     *
     * @param order of its delivery
     */
    public record Kept<T>(long order, T value) {}

    private AckWindow(SubscriptionTerms terms) {
        this.terms = terms;
    }

    /** The window of a new subscription, or null if its client does not acknowledge. */
    public static <T> @Nullable AckWindow<T> of(SubscriptionTerms terms) {
        return terms.ackMode() == AckMode.AUTO ? null : new AckWindow<>(terms);
    }

    /** How many more messages may be delivered now. */
    public int room() {
        return terms.window() - delivered.size();
    }

    /** A message is about to be written; returns the value of its {@code ack} header. */
    public String add(String messageId, T kept) {
        Kept<T> before = delivered.put(messageId, new Kept<>(order, kept));
        if (before != null) {
            inOrder.remove(before.order());
        }
        inOrder.put(order++, messageId);
        return messageId + SEPARATOR + terms.id();
    }

    /**
     * Takes out what an ACK or NACK of this message stands for, in the order of delivery; nothing if it is not in the
     * window.
     */
    public SequencedMap<String, Kept<T>> take(String messageId) {
        SequencedMap<String, Kept<T>> taken = new LinkedHashMap<>();
        Kept<T> last = delivered.get(messageId);
        if (last == null) {
            return taken;
        }
        if (terms.ackMode() == AckMode.CLIENT) {
            moveTo(taken, inOrder.headMap(last.order(), true));
        } else {
            moveTo(taken, inOrder.subMap(last.order(), true, last.order(), true));
        }
        return taken;
    }

    /**
     * Puts back what was taken, each message where it was; what else was taken meanwhile may come back before or later.
     * Costs nothing for what is in the window.
     */
    public void restore(SequencedMap<String, Kept<T>> taken) {
        taken.forEach((messageId, kept) -> {
            delivered.put(messageId, kept);
            inOrder.put(kept.order(), messageId);
        });
    }

    /** Takes out everything. */
    public SequencedMap<String, Kept<T>> takeAll() {
        SequencedMap<String, Kept<T>> all = new LinkedHashMap<>();
        moveTo(all, inOrder);
        return all;
    }

    private void moveTo(SequencedMap<String, Kept<T>> taken, Map<Long, String> messages) {
        messages.values().forEach(messageId -> {
            Kept<T> kept = delivered.remove(messageId);
            if (kept != null) {
                taken.put(messageId, kept);
            }
        });
        messages.clear();
    }

    /** The {@code message-id} in the value of an {@code ack} header. */
    public static String messageId(String ack) {
        int separator = ack.indexOf(SEPARATOR);
        return separator < 0 ? ack : ack.substring(0, separator);
    }

    /** The id of the subscription in the value of an {@code ack} header; empty if there is none. */
    public static String subscriptionId(String ack) {
        return ack.substring(ack.indexOf(SEPARATOR) + 1);
    }
}
