package dev.maru.spring.tutorial;

import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The history of one destination, whose disk a test can hold still. */
public final class HeldLog implements MessageLog {
    private final List<StoredMessage> stored = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private Consumer<StoredMessage> listener = message -> {};
    private boolean holding;

    @Override
    public synchronized CompletionStage<LogHead> head(String destination) {
        return CompletableFuture.completedStage(new LogHead(position(stored.size()), 1));
    }

    @Override
    public synchronized CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
        return CompletableFuture.completedStage(
                stored.stream().skip(offset).limit(limit).toList());
    }

    @Override
    public synchronized CompletionStage<StreamPosition> append(LogEntry entry) {
        CompletableFuture<StreamPosition> done = new CompletableFuture<>();
        Runnable store = () -> {
            StreamPosition position = position(stored.size() + 1);
            StoredMessage message = new StoredMessage(entry.destination(), position, entry.content());
            stored.add(message);
            listener.accept(message);
            done.complete(position);
        };
        if (holding) {
            held.add(store);
        } else {
            store.run();
        }
        return done;
    }

    @Override
    public synchronized void inTurn(String destination, Runnable action) {
        if (holding) {
            held.add(action);
        } else {
            action.run();
        }
    }

    @Override
    public synchronized void onStored(Consumer<StoredMessage> whoIsTold) {
        listener = whoIsTold;
    }

    /** Stores nothing until {@link #release()}. */
    public synchronized void hold() {
        holding = true;
    }

    public synchronized int waiting() {
        return held.size();
    }

    /** Stores what waits, and goes on as usual. */
    public synchronized void release() {
        holding = false;
        held.forEach(Runnable::run);
        held.clear();
    }

    private static StreamPosition position(long offset) {
        return new StreamPosition("held", offset);
    }
}
