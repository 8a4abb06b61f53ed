package dev.maru.engine.fanout;

import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to subscribers; the same object for all event loops.
 *
 * @param destination canonical
 * @param position where it is kept, or null for a message that is kept nowhere
 * @param uniqueId tells messages apart that have no position of their own
 */
record Delivery(String destination, @Nullable StreamPosition position, MessageContent content, String uniqueId) {

    /** Its offset, or 0 if it is not kept. */
    long offset() {
        return position == null ? 0 : position.offset();
    }

    /**
     * The {@code message-id} for a subscription that stands at this position; null where the destination has no
     * history.
     */
    String messageId(@Nullable StreamPosition standing) {
        if (position != null) {
            return position.toString();
        }
        return standing == null ? uniqueId : standing + "~" + uniqueId;
    }
}
