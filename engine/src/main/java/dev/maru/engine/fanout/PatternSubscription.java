package dev.maru.engine.fanout;

import dev.maru.engine.destination.OverflowPolicy;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.message.MessageContent;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to all destinations that match a pattern. It is live from its start: there is no position in many
 * streams at once, so it cannot be caught up. What a client cannot take goes by the {@link OverflowPolicy} that was
 * declared for its destination, even if that has a history.
 *
 * <p>Confined to its event loop.
 */
final class PatternSubscription implements Subscription {
    private final Subscriber subscriber;
    private final SubscriptionTerms terms;
    private final @Nullable AckWindow<Boolean> window;
    private final PatternSubscriptions pattern;
    private @Nullable OverflowQueue held;
    private boolean live;
    private boolean cancelled;

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
        CompletableFuture<?> hearsAll = pattern.loop().hearsAll().toCompletableFuture();
        if (hearsAll.isDone()) {
            action.accept(new LogHead(FanOut.NO_HISTORY, 1), null);
        } else {
            var _ = hearsAll.whenComplete((_, _) -> pattern.loop().post(() -> {
                if (!cancelled) {
                    action.accept(new LogHead(FanOut.NO_HISTORY, 1), null);
                }
            }));
        }
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
        return window == null ? null : TopicSubscription.settlement(window, messageId, this::resume);
    }

    @Override
    public void resume() {
        while (live && held != null) {
            if (subscriber.congested()) {
                subscriber.awaitRoom();
                return;
            }
            if (full()) {
                return;
            }
            if (held.isEmpty()) {
                held = null;
            } else {
                held.take(1, 1).forEach(this::write);
            }
        }
    }

    @Override
    public void cancel() {
        live = false;
        cancelled = true;
        pattern.remove(this);
        if (held != null) {
            held.clear();
        }
    }

    void deliver(Delivery message) {
        if (!live) {
            return;
        }
        if (held != null || full() || subscriber.congested()) {
            hold(message);
        } else {
            write(message);
        }
    }

    private void hold(Delivery message) {
        OverflowPolicy declared = pattern.loop().overflow(message.destination());
        boolean first = held == null;
        OverflowQueue queue = held == null ? new OverflowQueue(subscriber.overflowBudget()) : held;
        held = queue;
        if (declared == null || !queue.offer(message, declared)) {
            cancel();
            subscriber.failed(this, DeliveryFailure.TOO_SLOW);
            return;
        }
        int dropped = queue.takeDropped();
        if (dropped > 0) {
            subscriber.dropped(this, dropped);
        }
        if (first) {
            subscriber.fellBehind(this);
            resume();
        }
    }

    private boolean full() {
        return window != null && window.room() <= 0;
    }

    private void write(Delivery message) {
        MessageEncoder encoder = new MessageEncoder(subscriber, terms.id(), message.destination());
        TopicSubscription.add(message, message.messageId(null), window, encoder);
        subscriber.write(encoder.encoded());
        pattern.loop().traffic().wroteMessages(1);
    }
}
