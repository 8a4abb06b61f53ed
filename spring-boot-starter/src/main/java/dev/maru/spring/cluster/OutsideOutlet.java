package dev.maru.spring.cluster;

import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.engine.message.MessageContent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands to the applications at the broker what is published on this node, of the destinations that they may have.
 *
 * <p>Safe for any thread; waits for nothing. The overflow policy is to drop: what the broker has not taken yet is bounded,
 * what does not fit is counted, and logged once until things go again.
 */
public final class OutsideOutlet {
    private static final Logger log = LoggerFactory.getLogger(OutsideOutlet.class);
    private static final int OVERHEAD = 128;

    private final OutsideExchange exchange;
    private final DestinationChoice published;
    private final long mostBytes;
    private final AtomicLong unsentBytes = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean complained;

    OutsideOutlet(OutsideExchange exchange, DestinationChoice published, long mostBytes) {
        this.exchange = exchange;
        this.published = published;
        this.mostBytes = mostBytes;
    }

    /** Whether anything may go out at all. */
    public boolean isOpen() {
        return !published.isEmpty();
    }

    /** How many messages the broker did not get. */
    long dropped() {
        return dropped.sum();
    }

    /** Something was published on this node. */
    public void onPublished(String destination, MessageContent content) {
        if (published.includes(destination)) {
            int weight = content.body().length + OVERHEAD;
            if (unsentBytes.addAndGet(weight) > mostBytes) {
                settle(weight, "too much is unsent");
            } else {
                exchange.publish(destination, content)
                        .whenComplete((_, error) -> settle(weight, error == null ? null : error.toString()));
            }
        }
    }

    private void settle(int weight, @Nullable String failure) {
        unsentBytes.addAndGet(-weight);
        if (failure == null) {
            complained = false;
            return;
        }
        dropped.increment();
        if (!complained) {
            complained = true;
            log.warn("Applications at the broker do not get all messages: {}", failure);
        }
    }
}
