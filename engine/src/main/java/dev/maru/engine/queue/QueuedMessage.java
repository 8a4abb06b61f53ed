package dev.maru.engine.queue;

import dev.maru.engine.message.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * A message of a queue in the hands of somebody who is to deliver it.
 *
 * @param lease what it is settled by
 * @param origin the queue that it was buried from, or null if it never was
 * @param content as it was put
 */
public record QueuedMessage(QueueLease lease, @Nullable String origin, MessageContent content) {}
