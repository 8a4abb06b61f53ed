package dev.maru.engine.fanout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
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
    private SequencedMap<String, Kept<T>> delivered = new LinkedHashMap<>();
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
        delivered.put(messageId, new Kept<>(order++, kept));
        return messageId + SEPARATOR + terms.id();
    }

    /**
     * Takes out what an ACK or NACK of this message stands for, in the order of delivery; nothing if it is not in the
     * window.
     */
    public SequencedMap<String, Kept<T>> take(String messageId) {
        SequencedMap<String, Kept<T>> taken = new LinkedHashMap<>();
        if (!delivered.containsKey(messageId)) {
            return taken;
        }
        if (terms.ackMode() == AckMode.CLIENT) {
            while (!taken.containsKey(messageId)) {
                Map.Entry<String, Kept<T>> oldest = delivered.pollFirstEntry();
                taken.put(oldest.getKey(), oldest.getValue());
            }
        } else {
            taken.put(messageId, delivered.remove(messageId));
        }
        return taken;
    }

    /** Puts back what was taken, each message where it was; what else was taken meanwhile may come back before or later. */
    public void restore(SequencedMap<String, Kept<T>> taken) {
        List<Map.Entry<String, Kept<T>>> all = new ArrayList<>(taken.entrySet());
        all.addAll(delivered.entrySet());
        all.sort(Comparator.comparingLong(entry -> entry.getValue().order()));
        delivered = new LinkedHashMap<>();
        all.forEach(entry -> delivered.put(entry.getKey(), entry.getValue()));
    }

    /** Takes out everything. */
    public SequencedMap<String, Kept<T>> takeAll() {
        SequencedMap<String, Kept<T>> all = delivered;
        delivered = new LinkedHashMap<>();
        return all;
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
