package dev.maru.engine.destination;

import dev.maru.engine.history.MessageLog;
import dev.maru.engine.queue.QueueStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows what each destination is, from the patterns that the application declared. Where several patterns match, the
 * one declared first counts.
 *
 * <p>Confined to one thread while declarations are made; safe for any thread afterwards.
 */
public final class Destinations {
    private final DestinationTree<Declaration> declarations = new DestinationTree<>();
    private final DestinationTree<Overflow> overflow = new DestinationTree<>();
    private final Map<String, String> aliases = new HashMap<>();
    private int declared;

    /** Destinations that match have this history. */
    public void recoverable(String pattern, MessageLog log) {
        declare(pattern).log = log;
    }

    /** Destinations that match are queues in this store. */
    public void queue(String pattern, QueueStore store) {
        declare(pattern).queue = store;
    }

    /** Each new subscription to a destination that matches gets a snapshot first. */
    public void snapshot(String pattern, SnapshotSource source) {
        declare(pattern).snapshots = source;
    }

    /**
     * What becomes of messages for slow subscribers of destinations that match; whatever else these are, the policy
     * declared first counts.
     */
    public void overflow(String pattern, OverflowPolicy policy) {
        overflow.computeIfAbsent(DestinationPattern.of(pattern), () -> new Overflow(declared++, policy));
    }

    /** The policy that was declared for this canonical destination, or null if none was. */
    public @Nullable OverflowPolicy overflowOf(String canonical) {
        Overflow[] first = new Overflow[1];
        overflow.forEachMatch(canonical, match -> {
            if (first[0] == null || match.order < first[0].order) {
                first[0] = match;
            }
        });
        return first[0] == null ? null : first[0].policy;
    }

    /** The name stands for the destination. */
    public void alias(String name, String destination) {
        aliases.put(name, destination);
    }

    /** What this destination is. */
    public DestinationKind resolve(String destination) {
        String canonical = aliases.getOrDefault(destination, destination);
        Declaration[] first = new Declaration[1];
        declarations.forEachMatch(canonical, match -> first[0] = earlier(first[0], match));
        return Optional.ofNullable(first[0])
                .map(found -> new DestinationKind(canonical, found.log, found.queue, found.snapshots))
                .orElseGet(() -> new DestinationKind(canonical, null, null, null));
    }

    private static Declaration earlier(@Nullable Declaration a, Declaration b) {
        return a == null || b.order < a.order ? b : a;
    }

    private Declaration declare(String pattern) {
        return declarations.computeIfAbsent(DestinationPattern.of(pattern), () -> new Declaration(declared++));
    }

    private record Overflow(int order, OverflowPolicy policy) {}

    private static final class Declaration {
        private final int order;
        private @Nullable MessageLog log;
        private @Nullable QueueStore queue;
        private @Nullable SnapshotSource snapshots;

        Declaration(int order) {
            this.order = order;
        }
    }
}
