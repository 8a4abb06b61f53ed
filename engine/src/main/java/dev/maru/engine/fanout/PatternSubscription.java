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
    private final SubscriptionTerms terms;
    private final @Nullable AckWindow<Boolean> window;
    private final PatternSubscriptions pattern;
    private boolean live;

    PatternSubscription(Subscriber subscriber, SubscriptionTerms terms, PatternSubscriptions pattern) {
        this.subscriber = subscriber;
        this.terms = terms;
        this.window = AckWindow.of(terms);
        this.pattern = pattern;
    }

    @Override
    public String id() {
        return terms.id();
    }

    @Override
    public String destination() {
        return terms.destination();
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

    @Override
    public @Nullable Settlement settle(String messageId, boolean positive) {
        return window == null ? null : TopicSubscription.settlement(window, messageId, () -> {});
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
        if (subscriber.congested() || (window != null && window.room() <= 0)) {
            cancel();
            subscriber.failed(this, DeliveryFailure.TOO_SLOW);
        } else {
            MessageEncoder encoder = new MessageEncoder(subscriber, terms.id(), message.destination());
            TopicSubscription.add(message, message.messageId(null), window, encoder);
            subscriber.write(encoder.encoded());
        }
    }
}
