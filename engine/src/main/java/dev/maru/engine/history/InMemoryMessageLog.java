package dev.maru.engine.history;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A history that lives as long as its process: it keeps the last messages of each destination and begins a new epoch
 * whenever it is made. A repeat is recognised for as long as the first message is kept.
 *
 * <p>Safe for any thread. Stages complete at once, unless another thread is just telling the listener of earlier
 * messages of the same destination; then that thread tells of this one, too. No lock is held while the listener runs.
 */
public final class InMemoryMessageLog implements MessageLog {
    private static final int EPOCH_BITS = 60;

    private final String epoch = new BigInteger(EPOCH_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
    private final Map<String, InMemoryStream> streams = new ConcurrentHashMap<>();
    private final int keep;
    private final int maxDestinations;
    private volatile Consumer<StoredMessage> listener = message -> {};

    /**
     * An empty history.
     *
     * @param keep how many messages of each destination are kept, at least 1; older ones are dropped
     * @param maxDestinations how many destinations may have messages, at least 1; an append to a further one is refused
     *     with {@link SessionFault#UNAVAILABLE}
     */
    public InMemoryMessageLog(int keep, int maxDestinations) {
        if (keep < 1 || maxDestinations < 1) {
            throw new IllegalArgumentException("limits must be positive: " + keep + ", " + maxDestinations);
        }
        this.keep = keep;
        this.maxDestinations = maxDestinations;
    }

    @Override
    public CompletionStage<LogHead> head(String destination) {
        @Nullable InMemoryStream stream = streams.get(destination);
        return CompletableFuture.completedFuture(stream == null ? new LogHead(start(), 1) : stream.head());
    }

    @Override
    public CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
        @Nullable InMemoryStream stream = streams.get(destination);
        return CompletableFuture.completedFuture(stream == null ? List.of() : stream.readAfter(offset, limit));
    }

    /**
     * As {@link MessageLog#append} says; the same id with other content is refused as {@link SessionFault#CONFLICT}.
     */
    @Override
    public CompletionStage<StreamPosition> append(LogEntry entry) {
        @Nullable InMemoryStream stream = streamOf(entry.destination());
        return stream == null
                ? CompletableFuture.failedFuture(new Refusal(SessionFault.UNAVAILABLE, "too many destinations"))
                : stream.append(entry, listener);
    }

    @Override
    public void inTurn(String destination, Runnable action) {
        @Nullable InMemoryStream stream = streams.get(destination);
        if (stream == null) {
            action.run();
        } else {
            stream.inTurn(action, listener);
        }
    }

    @Override
    public void onStored(Consumer<StoredMessage> listener) {
        this.listener = listener;
    }

    /** Threads that create destinations at the same moment may overshoot the limit by their number. */
    private @Nullable InMemoryStream streamOf(String destination) {
        @Nullable InMemoryStream stream = streams.get(destination);
        if (stream == null && streams.size() < maxDestinations) {
            return streams.computeIfAbsent(destination, name -> new InMemoryStream(start(), keep));
        }
        return stream;
    }

    private StreamPosition start() {
        return new StreamPosition(epoch, 0);
    }
}
