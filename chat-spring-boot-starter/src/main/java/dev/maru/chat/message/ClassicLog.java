package dev.maru.chat.message;

import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The history of {@code /topic/public/{roomId}}: each room's talk as classic chat messages.
 *
 * <p>Safe for any thread; nothing here blocks the caller.
 */
public final class ClassicLog implements MessageLog {

    /** What stands before the room's id. */
    public static final String PREFIX = "/topic/public/";

    ClassicLog() {}

    @Override
    public CompletionStage<LogHead> head(String destination) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<StreamPosition> append(LogEntry entry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onStored(Consumer<StoredMessage> listener) {
        throw new UnsupportedOperationException();
    }
}
