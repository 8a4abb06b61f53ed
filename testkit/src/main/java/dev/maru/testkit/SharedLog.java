package dev.maru.testkit;

import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A store that several nodes share, in memory: each node has a log of its own, which tells it of its own appends alone.
 *
 * <p>Safe for any thread; listeners are called under its lock.
 */
final class SharedLog {
    private static final String EPOCH = "shared";

    private final Map<String, List<StoredMessage>> streams = new HashMap<>();

    /** Another node's log. */
    MessageLog node() {
        return new NodeLog();
    }

    private synchronized LogHead head(String destination) {
        return new LogHead(
                new StreamPosition(
                        EPOCH, streams.getOrDefault(destination, List.of()).size()),
                1);
    }

    private synchronized List<StoredMessage> readAfter(String destination, long offset, int limit) {
        return streams.getOrDefault(destination, List.of()).stream()
                .skip(offset)
                .limit(limit)
                .toList();
    }

    private synchronized StreamPosition append(LogEntry entry, Consumer<StoredMessage> listener) {
        List<StoredMessage> stream = streams.computeIfAbsent(entry.destination(), name -> new ArrayList<>());
        StreamPosition position = new StreamPosition(EPOCH, stream.size() + 1L);
        StoredMessage message = new StoredMessage(entry.destination(), position, entry.content());
        stream.add(message);
        listener.accept(message);
        return position;
    }

    private final class NodeLog implements MessageLog {
        private volatile Consumer<StoredMessage> listener = message -> {};

        @Override
        public CompletionStage<LogHead> head(String destination) {
            return CompletableFuture.completedStage(SharedLog.this.head(destination));
        }

        @Override
        public CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
            return CompletableFuture.completedStage(SharedLog.this.readAfter(destination, offset, limit));
        }

        @Override
        public CompletionStage<StreamPosition> append(LogEntry entry) {
            return CompletableFuture.completedStage(SharedLog.this.append(entry, listener));
        }

        @Override
        public void inTurn(String destination, Runnable action) {
            action.run();
        }

        @Override
        public void onStored(Consumer<StoredMessage> told) {
            listener = told;
        }
    }
}
