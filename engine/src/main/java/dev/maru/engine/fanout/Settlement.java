package dev.maru.engine.fanout;

import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one ACK or NACK settles: taken out of its subscription's window, and to be made lasting by whoever asked for it,
 * who then calls one of the actions.
 *
 * <p>Confined to its event loop.
 *
 * @param store that the changes are for, or null if there is nothing to store
 * @param changes that settle the messages
 * @param done to be called when the changes are stored: what waited for room in the window goes on
 * @param undone to be called when they are not: the messages are unacknowledged again
 */
public record Settlement(@Nullable QueueStore store, List<QueueChange> changes, Runnable done, Runnable undone) {}
