package dev.maru.benchmarks.restart;

import java.util.HashMap;
import java.util.Map;

/**
 * What one room's people were shown and promised. Whoever is shown a place first decides what stands there; for all
 * others the same must stand there.
 *
 * <p>Confined to the crowd's event loop.
 */
final class Transcript {
    private final Map<Long, String> order = new HashMap<>();
    private final Map<String, Long> places = new HashMap<>();
    private final Map<String, Long> receipts = new HashMap<>();
    private long head;
    private long missing;
    private long doubled;
    private long disordered;

    /** Somebody who had everything up to {@code after} was shown this message at this offset. */
    void shown(long after, long offset, String id) {
        head = Math.max(head, offset);
        if (offset <= after) {
            doubled++;
        }
        missing += Math.max(0, offset - after - 1);
        if (!id.equals(order.computeIfAbsent(offset, any -> id))) {
            disordered++;
        }
        if (offset != places.computeIfAbsent(id, any -> offset)) {
            doubled++;
        }
    }

    void receipted(String id, long offset) {
        if (offset != receipts.computeIfAbsent(id, any -> offset)) {
            disordered++;
        }
    }

    /** Somebody could not go on from where they stood. */
    void broken() {
        missing++;
    }

    /** Somebody left who had everything up to this offset, and so many unanswered messages. */
    void left(long reached, int unanswered) {
        missing += head - reached + unanswered;
    }

    long head() {
        return head;
    }

    /** What is wrong, once everybody has left. */
    Faults faults() {
        long gone = receipts.entrySet().stream()
                .filter(receipt -> !receipt.getKey().equals(order.get(receipt.getValue())))
                .count();
        return new Faults(missing + gone, doubled, disordered);
    }

    /** All are zero where the promises are kept. */
    record Faults(long missing, long doubled, long disordered) {
        Faults plus(Faults other) {
            return new Faults(missing + other.missing, doubled + other.doubled, disordered + other.disordered);
        }

        boolean none() {
            return missing + doubled + disordered == 0;
        }
    }
}
