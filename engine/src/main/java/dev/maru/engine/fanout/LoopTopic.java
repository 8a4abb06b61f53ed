package dev.maru.engine.fanout;

import dev.maru.engine.history.LogHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The subscribers of one destination on one event loop, and how far the loop has come in its stream.
 *
 * <p>Confined to its event loop.
 */
final class LoopTopic {
    /** Subscription ids are the clients' choice, so there may be as many forms of a message as they like. */
    private static final int MAX_FORMS_FOR_MANY = 16;

    private final Topic topic;
    private final Loop loop;
    private final Map<SubscriberGroup.Key, SubscriberGroup> groups = new HashMap<>(2);
    private final List<Delivery> collected = new ArrayList<>();
    private int subscriptions;
    private long delivered = -1;

    LoopTopic(Topic topic, Loop loop) {
        this.topic = topic;
        this.loop = loop;
    }

    Topic topic() {
        return topic;
    }

    Loop loop() {
        return loop;
    }

    boolean failed() {
        return topic.ready().isCompletedExceptionally();
    }

    boolean recoverable() {
        return topic.kind().log() != null;
    }

    /** The offset up to which every message has come through this loop. */
    long delivered() {
        return delivered;
    }

    /** The first subscription was started from this head, so the loop stands there. */
    void standAt(LogHead head, long now) {
        if (delivered < 0) {
            delivered = Math.max(head.position().offset(), now);
        }
    }

    TopicSubscription add(Subscriber subscriber, SubscriptionTerms terms) {
        SubscriberGroup.Key key = new SubscriberGroup.Key(
                terms.id(), terms.destination(), subscriber.wireFormat().key());
        SubscriberGroup group = groups.computeIfAbsent(key, SubscriberGroup::new);
        TopicSubscription subscription = new TopicSubscription(subscriber, this, group, AckWindow.of(terms));
        group.add(subscription);
        subscriptions++;
        return subscription;
    }

    void remove(TopicSubscription subscription) {
        SubscriberGroup group = subscription.group();
        group.remove(subscription);
        if (group.isEmpty()) {
            groups.remove(group.key());
        }
        if (--subscriptions == 0) {
            loop.forget(this);
        }
    }

    /** Takes a message for the end of this turn; returns whether it is the first. */
    boolean collect(Delivery message) {
        collected.add(message);
        return collected.size() == 1;
    }

    /** Writes what was collected in this turn to every subscriber. */
    void writeCollected() {
        List<Delivery> batch = List.copyOf(collected);
        collected.clear();
        int from = 0;
        long expected = delivered;
        for (int i = 0; i < batch.size(); i++) {
            long offset = batch.get(i).offset();
            if (offset > 0 && expected >= 0 && offset != expected + 1) {
                write(batch.subList(from, i), expected);
                from = offset > expected ? i : i + 1;
                expected = offset > expected ? missed(offset - 1) : expected;
            }
            expected = Math.max(expected, offset);
        }
        write(batch.subList(from, batch.size()), expected);
    }

    /** The loop may have lost messages: everybody who is live is caught up to where the destination stands. */
    void checkHead() {
        long head = topic.head();
        if (recoverable() && delivered >= 0 && head > delivered) {
            missed(head);
        }
    }

    private void write(List<Delivery> messages, long deliveredThen) {
        long before = delivered;
        delivered = Math.max(delivered, deliveredThen);
        if (!messages.isEmpty()) {
            int formsForMany = MAX_FORMS_FOR_MANY;
            int receivers = 0;
            for (SubscriberGroup group : List.copyOf(groups.values())) {
                receivers += group.deliver(messages, before, formsForMany-- > 0);
            }
            loop.traffic().wroteMessages(receivers * messages.size());
        }
    }

    /** Messages up to this offset never came through this loop. */
    private long missed(long upTo) {
        long before = delivered;
        delivered = upTo;
        for (SubscriberGroup group : List.copyOf(groups.values())) {
            group.fallBehind(before);
        }
        return upTo;
    }
}
