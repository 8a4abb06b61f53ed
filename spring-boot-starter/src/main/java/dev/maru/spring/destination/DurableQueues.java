package dev.maru.spring.destination;

import dev.maru.engine.queue.QueueStore;

/**
 * A bean of this type makes destinations queues: a message waits in the store until one of the subscribers has
 * acknowledged it, and they get the messages in turn. Without it, and without {@code maru.queues.patterns}, every
 * subscriber of every destination gets everything, as with Spring's own broker.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param pattern Ant pattern, for example {@code /queue/orders/**}
 * @param store where the messages wait; it is built before the engine, so it cannot be given the engine itself
 */
public record DurableQueues(String pattern, QueueStore store) {}
