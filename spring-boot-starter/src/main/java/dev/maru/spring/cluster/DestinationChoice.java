package dev.maru.spring.cluster;

import dev.maru.engine.destination.DestinationPattern;
import dev.maru.engine.destination.DestinationTree;
import java.util.List;

/** Some destinations, by their patterns. Immutable; safe for any thread. */
final class DestinationChoice {
    private final DestinationTree<String> patterns = new DestinationTree<>();

    DestinationChoice(List<String> patterns) {
        patterns.forEach(pattern -> this.patterns.computeIfAbsent(DestinationPattern.of(pattern), () -> pattern));
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    boolean includes(String destination) {
        boolean[] found = new boolean[1];
        patterns.forEachMatch(destination, match -> found[0] = true);
        return found[0];
    }
}
