package dev.maru.engine.queue;

/**
 * The right to deliver one message of a queue: while it stands nobody else gets the message.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param queue where the message waits
 * @param id of the message, unique in its store; later messages have higher ones
 * @param attempt how many times the message has been leased for a delivery, this time included; from 1, or 0 for one that was
 *     put held
 */
public record QueueLease(String queue, long id, int attempt) {}
