package dev.maru.engine.fanout;

import dev.maru.engine.history.LogHead;
import dev.maru.engine.message.MessageContent;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to all destinations that match a pattern. It is live from its start: there is no position in many
 * streams at once, so it cannot be caught up.
 *
 * <p>Confined to its event loop.
 */
final class PatternSubscription implements Subscription {
    private final Subscriber subscriber;
    private final String id;
    private final PatternSubscriptions pattern;
    private boolean live;

    PatternSubscription(Subscriber subscriber, String id, PatternSubscriptions pattern) {
        this.subscriber = subscriber;
        this.id = id;
        this.pattern = pattern;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String destination() {
        return pattern.pattern().text();
    }

    @Override
    public void whenReady(BiConsumer<@Nullable LogHead, @Nullable Throwable> action) {
        action.accept(new LogHead(FanOut.NO_HISTORY, 1), null);
    }

    @Override
    public void start(long after) {
        live = true;
    }

    @Override
    public void send(MessageContent content) {
        deliver(pattern.loop().delivery(destination(), content));
    }

    /** Never falls behind. */
    @Override
    public void resume() {}

    @Override
    public void cancel() {
        live = false;
        pattern.remove(this);
    }

    void deliver(Delivery message) {
        if (!live) {
            return;
        }
        if (subscriber.congested()) {
            cancel();
            subscriber.failed(this, DeliveryFailure.TOO_SLOW);
        } else {
            MessageEncoder encoder = new MessageEncoder(subscriber, id, message.destination());
            encoder.add(message, message.messageId(null));
            subscriber.write(encoder.encoded());
        }
    }
}
