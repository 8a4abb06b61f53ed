package dev.maru.engine;

import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.LogUnavailableException;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A log that the test drives: while it is held, what it was asked waits until {@link #release}; messages can be told to
 * the engine in any order. Safe for any thread.
 */
final class ScriptedLog implements MessageLog {
    static final String EPOCH = "e1";

    private final Map<String, List<StoredMessage>> streams = new HashMap<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private Consumer<StoredMessage> listener = message -> {};
    private Executor answersOn = Runnable::run;
    private CompletableFuture<?> headsUntil = CompletableFuture.completedFuture(null);
    private boolean holding;
    private boolean broken;
    private long keepFrom = 1;
    private int reads;

    /** Lets answers come from elsewhere; by default they are given at once. */
    synchronized void answerOn(Executor executor) {
        answersOn = executor;
    }

    /** Where destinations stand is found out at once from now on, and told then. */
    synchronized void tellHeadsWhen(CompletableFuture<?> told) {
        headsUntil = told;
    }

    synchronized void hold() {
        holding = true;
    }

    /** Answers everything that waits, in order, and holds nothing any more. */
    void release() {
        List<Runnable> waiting;
        synchronized (this) {
            holding = false;
            waiting = List.copyOf(held);
            held.clear();
        }
        waiting.forEach(Runnable::run);
    }

    synchronized void breakDown(boolean on) {
        broken = on;
    }

    /** Forgets the messages before this offset. */
    synchronized void keepFrom(long offset) {
        keepFrom = offset;
    }

    synchronized int reads() {
        return reads;
    }

    synchronized long size(String destination) {
        return streams.getOrDefault(destination, List.of()).size();
    }

    synchronized int held() {
        return held.size();
    }

    /** Tells the engine of a stored message, as if it came from another node. */
    void tell(StoredMessage message) {
        listener.accept(message);
    }

    /** Stores a message and does not tell the engine. */
    synchronized StoredMessage storeSilently(LogEntry entry) {
        List<StoredMessage> stream = streams.computeIfAbsent(entry.destination(), key -> new ArrayList<>());
        StoredMessage stored =
                new StoredMessage(entry.destination(), new StreamPosition(EPOCH, stream.size() + 1L), entry.content());
        stream.add(stored);
        return stored;
    }

    @Override
    public CompletionStage<LogHead> head(String destination) {
        return answer(() -> {
                    int size = streams.getOrDefault(destination, List.of()).size();
                    return new LogHead(new StreamPosition(EPOCH, size), Math.min(keepFrom, size + 1L));
                })
                .thenCombine(headsUntil, (head, _) -> head);
    }

    @Override
    public CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
        return answer(() -> {
            reads++;
            return streams.getOrDefault(destination, List.of()).stream()
                    .filter(message -> message.position().offset() > offset)
                    .filter(message -> message.position().offset() >= keepFrom)
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public CompletionStage<StreamPosition> append(LogEntry entry) {
        return answer(() -> {
            StoredMessage stored = storeSilently(entry);
            listener.accept(stored);
            return stored.position();
        });
    }

    @Override
    public void inTurn(String destination, Runnable action) {
        answer(() -> {
            action.run();
            return true;
        });
    }

    @Override
    public void onStored(Consumer<StoredMessage> told) {
        listener = told;
    }

    private <T> CompletionStage<T> answer(Supplier<T> compute) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable work = () -> {
            try {
                answer.complete(locked(compute));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        };
        synchronized (this) {
            if (holding) {
                held.add(work);
                return answer;
            }
        }
        answersOn.execute(work);
        return answer;
    }

    private synchronized <T> T locked(Supplier<T> compute) {
        if (broken) {
            throw new LogUnavailableException("broken by the test", new IllegalStateException());
        }
        return compute.get();
    }
}
