package dev.maru.engine.destination;

import dev.maru.engine.history.MessageLog;
import org.jspecify.annotations.Nullable;

/**
 * What a destination is to the engine.
 *
 * @param canonical the one name of its stream; other names are aliases
 * @param log its history, or null if it has none
 * @param snapshots the first message for each new subscription, or null if there is none
 */
public record DestinationKind(
        String canonical,
        @Nullable MessageLog log,
        @Nullable SnapshotSource snapshots) {}
