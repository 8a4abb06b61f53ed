package dev.maru.spring.destination;

/**
 * A bean of this type makes destinations queues, as {@code maru.queues.patterns} does: a message waits in the
 * application's {@link dev.maru.engine.queue.QueueStore} bean until one of the subscribers has acknowledged it, and
 * they get the messages in turn. Other destinations go to every subscriber, as with Spring's own broker.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param pattern Ant pattern, for example {@code /queue/orders/**}
 */
public record DurableQueues(String pattern) {}
