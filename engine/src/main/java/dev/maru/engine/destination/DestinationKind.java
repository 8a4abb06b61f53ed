package dev.maru.engine.destination;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a destination is to the engine.
 *
 * @param canonical the one name of its stream; other names are aliases
 * @param log its history, or null if it has none
 * @param queue where its messages wait for one consumer each, or null if it is no queue and everybody gets them
 * @param snapshots the first message for each new subscription, or null if there is none
 */
public record DestinationKind(
        String canonical,
        @Nullable MessageLog log,
        @Nullable QueueStore queue,
        @Nullable SnapshotSource snapshots) {

    /**
     * The change that puts a message into this queue.
     *
     * @throws Refusal if the name is a pattern, since nobody could ever subscribe to such a queue
     */
    public QueueChange put(MessageContent content) {
        return put(content, false);
    }

    /** As {@link #put(MessageContent)}; a message that is held waits until it is released. */
    public QueueChange put(MessageContent content, boolean held) {
        if (DestinationPattern.isPattern(canonical)) {
            throw new Refusal(SessionFault.INVALID_HEADER, "a queue's name is no pattern");
        }
        return held ? new QueueChange.Hold(canonical, content) : new QueueChange.Put(canonical, content);
    }
}
