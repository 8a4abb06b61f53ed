package dev.maru.engine.fanout;

import dev.maru.engine.destination.DestinationPattern;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The subscriptions to one pattern on one event loop.
 *
 * <p>Confined to its event loop.
 */
final class PatternSubscriptions {
    private final DestinationPattern pattern;
    private final Loop loop;
    private final Set<PatternSubscription> members = new LinkedHashSet<>();

    PatternSubscriptions(DestinationPattern pattern, Loop loop) {
        this.pattern = pattern;
        this.loop = loop;
    }

    DestinationPattern pattern() {
        return pattern;
    }

    Loop loop() {
        return loop;
    }

    PatternSubscription add(Subscriber subscriber, SubscriptionTerms terms) {
        PatternSubscription subscription = new PatternSubscription(subscriber, terms, this);
        members.add(subscription);
        return subscription;
    }

    void remove(PatternSubscription subscription) {
        if (members.remove(subscription) && members.isEmpty()) {
            loop.forget(this);
        }
    }

    void deliver(Delivery message) {
        List.copyOf(members).forEach(member -> member.deliver(message));
    }
}
