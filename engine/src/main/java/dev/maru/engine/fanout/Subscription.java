package dev.maru.engine.fanout;

import dev.maru.engine.history.LogHead;
import dev.maru.engine.message.MessageContent;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's wish to get what comes to a destination. It gets nothing before {@link #start}, and no more than its
 * client may leave unacknowledged.
 *
 * <p>Confined to its event loop.
 */
public interface Subscription {

    /** The client's name for it. */
    String id();

    /** As the client wrote it. */
    String destination();

    /**
     * Calls back on the event loop, at once if possible, when it is known where the destination stands; with an error
     * if its history cannot be read.
     */
    void whenReady(BiConsumer<@Nullable LogHead, @Nullable Throwable> action);

    /** Gives everything after this offset, then what comes. Called once, when {@link #whenReady} has called back. */
    void start(long after);

    /**
     * Gives this client alone a message that is kept nowhere, if the subscription is live; to a client that is too slow
     * the destination's policy applies.
     */
    void send(MessageContent content);

    /** As {@link #send}, and even if the client is too slow: for answers to its frames, whose number is bounded. */
    default void answer(MessageContent content) {
        send(content);
    }

    /**
     * The client acknowledges a message, or refuses it, and with it those before it if the subscription is cumulative.
     * Null if this message does not wait to be acknowledged here.
     */
    @Nullable Settlement settle(String messageId, boolean positive);

    /** The client can take more; goes on where the subscription fell behind, if it did. */
    void resume();

    /** Ends it. Idempotent. */
    void cancel();
}
