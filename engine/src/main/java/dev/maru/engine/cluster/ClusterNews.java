package dev.maru.engine.cluster;

import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;

/** Is told what other nodes did. Safe for any thread; returns quickly and does not throw. */
public interface ClusterNews {

    /** Another node stored a message. Any order; repeatedly, too. */
    void onStored(StoredMessage message);

    /** Another node published a message that is kept nowhere. Those of one node to one destination in their order. */
    void onBroadcast(String destination, MessageContent content);

    /** The destination's history reaches at least to here. */
    void onHead(String destination, StreamPosition head);

    /** Anything may have been missed: what the store has is to be compared with what came. */
    void onDoubt();
}
