package dev.maru.engine.destination;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A trie of {@link DestinationPattern}s, one value each: finding all that match a destination costs by the
 * destination's depth and not by the number of patterns.
 *
 * <p>Confined to one thread; safe to read from several once nobody writes any more.
 */
public final class DestinationTree<V> {
    private final Node<V> root = new Node<>();
    private int size;

    /** The value of this very pattern, made if there is none. */
    public V computeIfAbsent(DestinationPattern pattern, Supplier<V> make) {
        Node<V> node = root;
        for (String segment : pattern.segments()) {
            node = node.childrenFor(segment).computeIfAbsent(segment, _ -> new Node<>());
        }
        V value = node.value;
        if (value == null) {
            value = make.get();
            node.value = value;
            size++;
        }
        return value;
    }

    /** Removes the value of this very pattern and the branch that nothing else needs. */
    public void remove(DestinationPattern pattern) {
        remove(root, pattern.segments(), 0);
    }

    /** Calls the action with the value of each pattern that matches. */
    public void forEachMatch(String destination, Consumer<V> action) {
        if (size > 0) {
            match(root, DestinationPattern.split(destination), 0, action);
        }
    }

    public boolean isEmpty() {
        return size == 0;
    }

    private void match(Node<V> node, List<String> segments, int depth, Consumer<V> action) {
        Node<V> anyDepth = node.wildcards.get(DestinationPattern.ANY_DEPTH);
        if (anyDepth != null) {
            for (int rest = depth; rest <= segments.size(); rest++) {
                match(anyDepth, segments, rest, action);
            }
        }
        if (depth == segments.size()) {
            if (node.value != null) {
                action.accept(node.value);
            }
            return;
        }
        String segment = segments.get(depth);
        Node<V> literal = node.literals.get(segment);
        if (literal != null) {
            match(literal, segments, depth + 1, action);
        }
        node.wildcards.forEach((pattern, child) -> {
            if (child != anyDepth && DestinationPattern.segmentMatches(pattern, segment)) {
                match(child, segments, depth + 1, action);
            }
        });
    }

    private boolean remove(Node<V> node, List<String> segments, int depth) {
        if (depth == segments.size()) {
            size -= node.value == null ? 0 : 1;
            node.value = null;
        } else {
            Map<String, Node<V>> children = node.childrenFor(segments.get(depth));
            Node<V> child = children.get(segments.get(depth));
            if (child != null && remove(child, segments, depth + 1)) {
                children.remove(segments.get(depth));
            }
        }
        return node.isEmpty();
    }

    private static final class Node<V> {
        private final Map<String, Node<V>> literals = new HashMap<>(2);
        private final Map<String, Node<V>> wildcards = new HashMap<>(2);
        private @Nullable V value;

        Map<String, Node<V>> childrenFor(String segment) {
            return DestinationPattern.isPattern(segment) ? wildcards : literals;
        }

        boolean isEmpty() {
            return value == null && literals.isEmpty() && wildcards.isEmpty();
        }
    }
}
