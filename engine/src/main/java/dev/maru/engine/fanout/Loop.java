package dev.maru.engine.fanout;

import dev.maru.engine.destination.DestinationKind;
import dev.maru.engine.destination.DestinationPattern;
import dev.maru.engine.destination.DestinationTree;
import dev.maru.engine.destination.OverflowPolicy;
import dev.maru.engine.destination.UserDestination;
import dev.maru.engine.message.MessageContent;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of fan-out that lives on one event loop: the subscriptions of its sessions, and the mailbox through which
 * messages come to them.
 *
 * <p>A turn takes all that waits in the mailbox, lets each destination write its share to its subscribers, and flushes
 * every connection that was written to once. So messages that wait together leave together, and nothing waits for a
 * timer.
 *
 * <p>{@link #offer} and {@link #post} are safe for any thread; everything else is confined to the event loop.
 */
public final class Loop {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final int MAX_WAITING = 65_536;
    private static final int MAX_MAIL_IN_A_TURN = 1024;

    /** So that one turn adds no more than this to what waits for any connection before it is flushed. */
    private static final int MAX_BYTES_IN_A_TURN = 256 * 1024;

    private final EventExecutor executor;
    private final FanOut fanOut;
    private final Queue<Object> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean turnScheduled = new AtomicBoolean();
    private volatile boolean overrun;

    private final Map<String, LoopTopic> topics = new HashMap<>();
    private final DestinationTree<PatternSubscriptions> patterns = new DestinationTree<>();
    private final LoopTraffic traffic = new LoopTraffic();
    private final List<LoopTopic> touchedTopics = new ArrayList<>();
    private List<Subscriber> toFlush = new ArrayList<>();
    private List<Subscriber> flushing = new ArrayList<>();

    Loop(EventExecutor executor, FanOut fanOut) {
        this.executor = executor;
        this.fanOut = fanOut;
    }

    public EventExecutor executor() {
        return executor;
    }

    /** Counts what passes through this loop. */
    public LoopTraffic traffic() {
        return traffic;
    }

    /** Makes a subscription that gets nothing until it is started. */
    public Subscription subscribe(Subscriber subscriber, SubscriptionTerms terms, DestinationKind kind) {
        if (DestinationPattern.isPattern(terms.destination())) {
            return subscribeToPattern(subscriber, terms, kind.canonical());
        }
        LoopTopic topic = topics.get(kind.canonical());
        if (topic == null || topic.failed()) {
            topic = new LoopTopic(fanOut.join(kind, this), this);
            topics.put(kind.canonical(), topic);
        }
        return topic.add(subscriber, terms);
    }

    /** The subscriber was written to and is flushed at the end of this turn. */
    public void touched(Subscriber subscriber) {
        toFlush.add(subscriber);
        scheduleTurn();
    }

    /** The {@code message-id} of a message that is kept nowhere, for one subscriber. */
    public String uniqueId() {
        return fanOut.uniqueId();
    }

    /** A message that is kept nowhere, for one subscriber. */
    Delivery delivery(String destination, MessageContent content) {
        return fanOut.transientDelivery(destination, content);
    }

    /** Completes when what is published on other nodes reaches those who subscribe to patterns. */
    CompletionStage<?> hearsAll() {
        return fanOut.hearsAll();
    }

    /** What was declared to become of messages of this destination for slow subscribers; null if nothing was. */
    @Nullable OverflowPolicy overflow(String canonicalDestination) {
        return fanOut.overflow(canonicalDestination);
    }

    /** Runs the action on this loop after all messages that were offered before it. */
    public void post(Runnable action) {
        mailbox.add(action);
        scheduleTurn();
    }

    /** Hands a message over. A full mailbox drops it: kept messages are then read from history. */
    void offer(Delivery message) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            if (!overrun) {
                log.warn("An event loop is overrun: {} messages wait", MAX_WAITING);
                overrun = true;
            }
        } else {
            mailbox.add(message);
        }
        scheduleTurn();
    }

    void forget(LoopTopic topic) {
        topics.remove(topic.topic().kind().canonical(), topic);
        fanOut.leave(topic.topic(), this);
    }

    void forget(PatternSubscriptions subscriptions) {
        patterns.remove(subscriptions.pattern());
        if (patterns.isEmpty()) {
            fanOut.patternsOn(this, false);
        }
    }

    private Subscription subscribeToPattern(Subscriber subscriber, SubscriptionTerms terms, String canonical) {
        DestinationPattern pattern = DestinationPattern.of(canonical);
        boolean first = patterns.isEmpty();
        PatternSubscriptions subscriptions =
                patterns.computeIfAbsent(pattern, () -> new PatternSubscriptions(pattern, this));
        if (first) {
            fanOut.patternsOn(this, true);
        }
        return subscriptions.add(subscriber, terms);
    }

    private void scheduleTurn() {
        if (turnScheduled.compareAndSet(false, true)) {
            executor.execute(this::turn);
        }
    }

    private void turn() {
        turnScheduled.set(false);
        try {
            takeMail();
            writeToSubscribers();
            if (overrun) {
                overrun = false;
                List.copyOf(topics.values()).forEach(LoopTopic::checkHead);
            }
        } finally {
            flushAll();
        }
    }

    private void takeMail() {
        int bytes = 0;
        for (int taken = 0; taken < MAX_MAIL_IN_A_TURN && bytes < MAX_BYTES_IN_A_TURN; taken++) {
            switch (mailbox.poll()) {
                case null -> {
                    return;
                }
                case Delivery message -> {
                    waiting.decrementAndGet();
                    bytes += message.content().body().length;
                    collect(message);
                }
                case Runnable action -> {
                    writeToSubscribers();
                    action.run();
                }
                default -> throw new IllegalStateException("no mail");
            }
        }
        scheduleTurn();
    }

    private void collect(Delivery message) {
        LoopTopic topic = topics.get(message.destination());
        if (topic != null && topic.collect(message)) {
            touchedTopics.add(topic);
        }
        if (!patterns.isEmpty()) {
            List<PatternSubscriptions> matches = new ArrayList<>();
            patterns.forEachMatch(message.destination(), matches::add);
            if (message.destination().startsWith(UserDestination.PREFIX)) {
                matches.removeIf(match -> !match.pattern().text().startsWith(UserDestination.PREFIX));
            }
            // Only now, because a subscriber who fails takes its pattern out of the tree.
            matches.forEach(match -> match.deliver(message));
        }
    }

    private void writeToSubscribers() {
        for (LoopTopic topic : touchedTopics) {
            topic.writeCollected();
        }
        touchedTopics.clear();
    }

    private void flushAll() {
        List<Subscriber> batch = toFlush;
        toFlush = flushing;
        flushing = batch;
        batch.forEach(Subscriber::flush);
        batch.clear();
    }
}
