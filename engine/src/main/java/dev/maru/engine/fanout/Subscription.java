package dev.maru.engine.fanout;

import dev.maru.engine.history.LogHead;
import dev.maru.engine.message.MessageContent;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's wish to get what comes to a destination. It gets nothing before {@link #start}.
 *
 * <p>Confined to its event loop.
 */
public sealed interface Subscription permits TopicSubscription, PatternSubscription {

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

    /** Gives this client alone a message that is kept nowhere, if the subscription is live. */
    void send(MessageContent content);

    /** The client can take more; goes on where the subscription fell behind, if it did. */
    void resume();

    /** Ends it. Idempotent. */
    void cancel();
}
