package dev.maru.engine.session;

import dev.maru.engine.fanout.DeliveryFailure;
import dev.maru.engine.fanout.Subscription;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happened to clients that read more slowly than messages come, and warns of it in the log: at once, and then
 * no more often than every ten seconds, whatever happens, with the numbers of what was not told singly.
 *
 * <p>Safe for any thread.
 */
public final class SlowConsumers {
    private static final Logger log = LoggerFactory.getLogger(SlowConsumers.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Ticker ticker;
    private final AtomicLong nextWarning;
    private final AtomicLong untold = new AtomicLong();
    private final LongAdder fellBehind = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder disconnected = new LongAdder();

    public SlowConsumers(Ticker ticker) {
        this.ticker = ticker;
        this.nextWarning = new AtomicLong(ticker.nanoTime());
    }

    /** How often a subscription stopped being live because its client was too slow. */
    public long fellBehind() {
        return fellBehind.sum();
    }

    /** How many messages were dropped, as the policy of their destination has it; one for each subscription. */
    public long droppedMessages() {
        return dropped.sum();
    }

    /** How many connections ended because what their clients missed could not be made good. */
    public long disconnected() {
        return disconnected.sum();
    }

    void fellBehind(Session session, Subscription subscription) {
        fellBehind.increment();
        warn(session, subscription, "is served again when it has read what waits for it");
    }

    void dropped(Session session, Subscription subscription, int messages) {
        dropped.add(messages);
        warn(session, subscription, "misses messages, as the policy of the destination has it");
    }

    void disconnected(Session session, Subscription subscription, DeliveryFailure failure) {
        disconnected.increment();
        warn(session, subscription, "is disconnected: " + failure);
    }

    private void warn(Session session, Subscription subscription, String consequence) {
        long now = ticker.nanoTime();
        long due = nextWarning.get();
        if (now - due < 0 || !nextWarning.compareAndSet(due, now + PAUSE_NANOS)) {
            untold.incrementAndGet();
            return;
        }
        log.warn(
                "Session {} reads {} too slowly and {}; {} like this were not told singly, in all {} fell behind, {}"
                        + " messages were dropped, {} were disconnected",
                session.id(),
                subscription.destination(),
                consequence,
                untold.getAndSet(0),
                fellBehind(),
                droppedMessages(),
                disconnected());
    }
}
