package dev.maru.engine.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections users have on other nodes, as those nodes have told.
 *
 * <p>{@link #of} is safe for any thread; everything else is guarded by its own lock.
 */
final class CountedElsewhere {
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Integer> all = new ConcurrentHashMap<>();

    /** How many connections a user has on all other nodes together. */
    int of(String user) {
        return all.getOrDefault(user, 0);
    }

    /** A node has told how many connections a user has on it. */
    synchronized void put(String node, String user, int count, long now) {
        Node counts = node(node, now);
        int before =
                Objects.requireNonNullElse(count == 0 ? counts.users.remove(user) : counts.users.put(user, count), 0);
        counts.checksum += checksum(user, count) - checksum(user, before);
        add(user, count - before);
    }

    /** What a node has told until now is void. */
    synchronized void forget(String node) {
        Node counts = nodes.remove(node);
        if (counts != null) {
            counts.users.forEach((user, count) -> add(user, -count));
        }
    }

    /** A node lives; returns whether all that it has told adds up to this. */
    synchronized boolean adds(String node, long checksum, long now) {
        return node(node, now).checksum == checksum;
    }

    /** Forgets the nodes that were not heard of since. */
    synchronized void forgetSilent(long since) {
        nodes.entrySet().stream()
                .filter(node -> node.getValue().heardAt - since < 0)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }

    /** What a user's count adds to the sum over all users; nothing, if there is no connection. */
    static long checksum(String user, int count) {
        if (count == 0) {
            return 0;
        }
        long mixed = (user.hashCode() * 31L + count) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 32;
    }

    private Node node(String name, long now) {
        Node node = nodes.computeIfAbsent(name, any -> new Node());
        node.heardAt = now;
        return node;
    }

    private void add(String user, int more) {
        if (more != 0) {
            all.merge(user, more, (before, plus) -> before + plus == 0 ? null : before + plus);
        }
    }

    private static final class Node {
        private final Map<String, Integer> users = new HashMap<>();
        private long checksum;
        private long heardAt;
    }
}
