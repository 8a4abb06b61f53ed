package dev.maru.engine.destination;

import dev.maru.engine.message.MessageContent;
import org.jspecify.annotations.Nullable;

/** Gives the first message of each new subscription to destinations whose state is small and always at hand. */
@FunctionalInterface
public interface SnapshotSource {

    /**
     * The state of the destination now, or null for none. It is taken after the subscription became live: a change may
     * reach the client before or after a snapshot that contains it, so both carry a version. Called on an event loop;
     * must not block.
     */
    @Nullable MessageContent snapshot(String destination);
}
