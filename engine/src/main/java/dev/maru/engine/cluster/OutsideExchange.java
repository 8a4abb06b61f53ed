package dev.maru.engine.cluster;

import dev.maru.engine.message.MessageContent;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Applications that are no nodes, over the same broker, in a format that each adapter documents: what they publish
 * reaches a destination, and what is published to destinations reaches them.
 *
 * <p>All methods are safe for any thread and return at once. Implementations connect again by themselves.
 */
public interface OutsideExchange extends AutoCloseable {

    /**
     * Begins to take what applications publish. Of all the nodes of a cluster one takes each message. Where the broker
     * can, a message is acknowledged when its stage has completed, and comes again after a failure that may pass; one
     * that is refused is logged and dropped. Called once, before anything else.
     *
     * @param publish takes a message; completes when it is stored or handed over, exceptionally with a
     *     {@link dev.maru.engine.fault.Refusal} if it never will be
     */
    void start(Function<OutsideMessage, CompletionStage<?>> publish);

    /**
     * Hands a message to the applications that listen. Called by the one node on which it was published. The stage
     * completes when the broker has taken it; exceptionally with {@link ClusterUnavailableException}.
     */
    CompletionStage<Void> publish(String destination, MessageContent content);

    /** Disconnects for good. Waits for a few seconds at most. Idempotent; throws nothing. */
    @Override
    void close();
}
