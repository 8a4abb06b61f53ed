package dev.maru.engine.session;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Counts things of several kinds, of which it learns when it meets them.
 *
 * <p>Safe for any thread.
 *
 * @param <K> the kinds; only few, since none is ever forgotten
 */
public final class Tally<K> {
    private final Map<K, LongAdder> counts = new ConcurrentHashMap<>();
    private final List<BiConsumer<? super K, LongSupplier>> listeners = new CopyOnWriteArrayList<>();

    /** Nothing is counted yet. */
    public Tally() {}

    /** How many there are of this kind. */
    public long count(K kind) {
        LongAdder count = counts.get(kind);
        return count == null ? 0 : count.sum();
    }

    /**
     * Adds someone who is given each kind and its count: those that are known already now, the others when they come up,
     * on the thread that counts them; possibly twice. Must be quick.
     */
    public void onKind(BiConsumer<? super K, LongSupplier> listener) {
        listeners.add(listener);
        counts.forEach((kind, count) -> listener.accept(kind, count::sum));
    }

    void add(K kind, int more) {
        LongAdder count = counts.get(kind);
        if (count == null) {
            LongAdder made = new LongAdder();
            LongAdder known = counts.putIfAbsent(kind, made);
            count = known == null ? made : known;
            if (known == null) {
                listeners.forEach(listener -> listener.accept(kind, made::sum));
            }
        }
        count.add(more);
    }
}
