package dev.maru.engine.history;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.message.MessageContent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One destination's part of an {@link InMemoryMessageLog}: the last messages in a ring, and what is still to be told.
 *
 * <p>Safe for any thread; guarded by its own lock. The listener is called outside of it by one thread at a time, so
 * that it hears of the messages in order and may itself ask the log.
 */
final class InMemoryStream {
    private static final Logger log = LoggerFactory.getLogger(InMemoryStream.class);

    private final StreamPosition start;
    private final int keep;
    private final List<Kept> ring = new ArrayList<>();
    private final Map<Origin, StoredMessage> repeatable = new HashMap<>();
    private final Queue<Announcement> unannounced = new ArrayDeque<>();
    private boolean announcing;
    private long head;

    private record Origin(String author, String clientMessageId) {}

    private record Kept(StoredMessage message, @Nullable Origin origin) {}

    /** A message that the listener does not know of yet, or none, and the stage that waits for it. */
    private record Announcement(
            StreamPosition position, @Nullable StoredMessage message, CompletableFuture<StreamPosition> stage) {

        void tell(Consumer<StoredMessage> listener) {
            try {
                if (message != null) {
                    listener.accept(message);
                }
            } catch (RuntimeException e) {
                log.error("whoever listens for stored messages failed at {}", position, e);
            } finally {
                stage.complete(position);
            }
        }
    }

    InMemoryStream(StreamPosition start, int keep) {
        this.start = start;
        this.keep = keep;
    }

    synchronized LogHead head() {
        return new LogHead(start.at(head), oldest());
    }

    synchronized List<StoredMessage> readAfter(long offset, int limit) {
        List<StoredMessage> found = new ArrayList<>();
        for (long read = Math.max(offset, oldest() - 1); read < head && found.size() < limit; read++) {
            found.add(ring.get(slot(read + 1)).message);
        }
        return found;
    }

    CompletionStage<StreamPosition> append(LogEntry entry, Consumer<StoredMessage> listener) {
        CompletableFuture<StreamPosition> stage = new CompletableFuture<>();
        if (!accept(entry, stage)) {
            return CompletableFuture.failedFuture(
                    new Refusal(SessionFault.CONFLICT, "this clientMessageId was used for another message"));
        }
        announce(listener);
        return stage;
    }

    void inTurn(Runnable action, Consumer<StoredMessage> listener) {
        CompletableFuture<StreamPosition> turn = new CompletableFuture<>();
        turn.whenComplete((_, _) -> action.run());
        synchronized (this) {
            unannounced.add(new Announcement(start, null, turn));
        }
        announce(listener);
    }

    private synchronized boolean accept(LogEntry entry, CompletableFuture<StreamPosition> stage) {
        String id = entry.clientMessageId();
        @Nullable Origin origin = id == null ? null : new Origin(entry.author(), id);
        @Nullable StoredMessage first = origin == null ? null : repeatable.get(origin);
        if (first == null) {
            StoredMessage stored = store(entry, origin);
            return unannounced.add(new Announcement(stored.position(), stored, stage));
        }
        return isSame(first.content(), entry.content())
                && unannounced.add(new Announcement(first.position(), null, stage));
    }

    private StoredMessage store(LogEntry entry, @Nullable Origin origin) {
        head++;
        StoredMessage message = new StoredMessage(entry.destination(), start.at(head), entry.content());
        if (ring.size() < keep) {
            ring.add(new Kept(message, origin));
        } else {
            @Nullable Origin dropped = ring.set(slot(head), new Kept(message, origin)).origin;
            if (dropped != null) {
                repeatable.remove(dropped);
            }
        }
        if (origin != null) {
            repeatable.put(origin, message);
        }
        return message;
    }

    private void announce(Consumer<StoredMessage> listener) {
        if (beginsAnnouncing()) {
            for (@Nullable Announcement next = next(); next != null; next = next()) {
                next.tell(listener);
            }
        }
    }

    private synchronized boolean beginsAnnouncing() {
        boolean begins = !announcing;
        announcing = true;
        return begins;
    }

    private synchronized @Nullable Announcement next() {
        @Nullable Announcement next = unannounced.poll();
        announcing = next != null;
        return next;
    }

    private long oldest() {
        return head - ring.size() + 1;
    }

    private int slot(long offset) {
        return (int) ((offset - 1) % keep);
    }

    private static boolean isSame(MessageContent first, MessageContent second) {
        return Arrays.equals(first.body(), second.body())
                && Objects.equals(first.contentType(), second.contentType())
                && first.headers().equals(second.headers());
    }
}
