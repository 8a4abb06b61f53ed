package dev.maru.engine.fanout;

/**
 * What a client asked for with SUBSCRIBE.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param id the client's name for the subscription
 * @param destination as the client wrote it
 * @param ackMode how it acknowledges
 * @param window how many messages it may leave unacknowledged before delivery pauses, at least 1
 */
public record SubscriptionTerms(String id, String destination, AckMode ackMode, int window) {}
