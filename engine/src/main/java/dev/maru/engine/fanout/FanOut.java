package dev.maru.engine.fanout;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.destination.DestinationKind;
import dev.maru.engine.destination.OverflowPolicy;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import io.netty.util.concurrent.EventExecutor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From a published message to the event loops that have subscribers for it.
 *
 * <p>Publishing looks the destination up in one hash map and hands the message over once to each loop concerned, so it
 * costs the same however many destinations there are. A destination exists here only while somebody on this node is
 * subscribed to it. Loops that have subscriptions by pattern get every message and match it themselves.
 *
 * <p>Safe for any thread.
 */
public final class FanOut {
    static final Loop[] NO_LOOPS = {};
    static final StreamPosition NO_HISTORY = new StreamPosition("0", 0);

    private final ConcurrentMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final ConcurrentMap<EventExecutor, Loop> loops = new ConcurrentHashMap<>();
    private final String idPrefix = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36) + ".";
    private final AtomicLong ids = new AtomicLong();
    private final Gates gates = new Gates(this::pass);
    private final Function<String, @Nullable OverflowPolicy> overflow;
    private final Cluster cluster;
    private volatile Loop[] patternLoops = NO_LOOPS;
    private volatile CompletionStage<?> hearsAll = CompletableFuture.completedStage(null);

    /**
     * @param overflow the policy that was declared for a canonical destination, if any was
     * @param cluster is told what there are subscribers for
     */
    public FanOut(Function<String, @Nullable OverflowPolicy> overflow, Cluster cluster) {
        this.overflow = overflow;
        this.cluster = cluster;
    }

    /** The part of fan-out that lives on this event loop. */
    public Loop loop(EventExecutor executor) {
        return loops.computeIfAbsent(executor, key -> new Loop(key, this));
    }

    /** What has passed through all event loops. */
    public Traffic traffic() {
        Traffic all = Traffic.NONE;
        for (Loop loop : loops.values()) {
            all = loop.traffic().sum(all);
        }
        return all;
    }

    /** Passes on a message that a log has stored; messages of a destination may come in any order, and repeatedly. */
    public void deliver(StoredMessage message) {
        if (topics.isEmpty() && patternLoops.length == 0) {
            return;
        }
        Delivery delivery = delivery(message);
        if (!gates.offer(delivery)) {
            pass(delivery);
        }
    }

    /** Passes on a message that is kept nowhere. */
    public void broadcast(String canonicalDestination, MessageContent content) {
        Delivery delivery = transientDelivery(canonicalDestination, content);
        if (!gates.offer(delivery)) {
            pass(delivery);
        }
    }

    /** The history of a destination reaches at least to here: what has not come is read from its log. */
    public void expect(String canonicalDestination, StreamPosition head) {
        Topic topic = topics.get(canonicalDestination);
        if (topic != null) {
            topic.expect(head);
        }
    }

    /** Compares where all destinations with history stand with their logs. */
    public void compareHeads() {
        HeadComparison.of(List.copyOf(topics.values())).start();
    }

    /**
     * Holds back a message that is about to be stored on this destination, and with it what is stored behind it; for at
     * most a few seconds. Who reads the history meanwhile may find it there.
     */
    public HeldBack hold(String canonicalDestination) {
        return gates.hold(canonicalDestination);
    }

    /** What was declared to become of messages of this destination for slow subscribers; null if nothing was. */
    @Nullable OverflowPolicy overflow(String canonicalDestination) {
        return overflow.apply(canonicalDestination);
    }

    Delivery transientDelivery(String destination, MessageContent content) {
        return new Delivery(destination, null, content, uniqueId());
    }

    String uniqueId() {
        return idPrefix + Long.toString(ids.incrementAndGet(), 36);
    }

    static Delivery delivery(StoredMessage message) {
        return new Delivery(message.destination(), message.position(), message.content(), "");
    }

    private void pass(Delivery message) {
        Topic topic = topics.get(message.destination());
        if (topic != null) {
            topic.offer(message, patternLoops);
        } else {
            for (Loop loop : patternLoops) {
                loop.offer(message);
            }
        }
    }

    /** The loop has its first subscriber for this destination. */
    Topic join(DestinationKind kind, Loop loop) {
        boolean[] made = new boolean[1];
        Topic joined = topics.compute(kind.canonical(), (name, existing) -> {
            made[0] = existing == null || existing.ready().isCompletedExceptionally();
            if (made[0] && existing != null) {
                cluster.ignore(name);
            }
            Topic topic = made[0] ? new Topic(kind) : existing;
            topic.join(loop);
            return topic;
        });
        if (made[0]) {
            joined.start(cluster.listen(kind.canonical()));
        }
        return joined;
    }

    /** The loop has no subscriber for this destination any more. */
    void leave(Topic topic, Loop loop) {
        topics.computeIfPresent(topic.kind().canonical(), (name, existing) -> {
            boolean ends = topic.leave(loop) && existing == topic;
            if (ends) {
                cluster.ignore(name);
            }
            return ends ? null : existing;
        });
    }

    synchronized void patternsOn(Loop loop, boolean on) {
        Loop[] others =
                Arrays.stream(patternLoops).filter(other -> other != loop).toArray(Loop[]::new);
        if (on) {
            others = Arrays.copyOf(others, others.length + 1);
            others[others.length - 1] = loop;
        }
        if (patternLoops.length == 0 && others.length > 0) {
            hearsAll = cluster.listenToAll();
        } else if (patternLoops.length > 0 && others.length == 0) {
            cluster.ignoreAll();
        }
        patternLoops = others;
    }

    /** Completes when what is published on other nodes reaches those who subscribe to patterns. */
    CompletionStage<?> hearsAll() {
        return hearsAll;
    }
}
