package dev.maru.engine.history;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log that is read through a {@link HistoryCache}: page by page, each page once for all who ask for it at the same
 * time, and from memory after that. What is stored goes to the log and is added to the page that it belongs to, if that
 * is in memory.
 *
 * <p>Safe for any thread.
 *
 * <p>A page is a part of the history without a gap, and never more than a part: a question that it cannot answer makes
 * it be read anew. So nothing depends on being told of each append, and none can be missed. A stored message never
 * changes. It may be here for a while when the log keeps it no more: who is that far behind has that much longer to
 * catch up, and where a history begins is asked of the log.
 */
final class CachedMessageLog implements MessageLog {
    private final MessageLog log;
    private final HistoryCache cache;
    private final Map<Place, HistoryPage> pages = new ConcurrentHashMap<>();

    /** Where a page belongs. */
    private record Place(String destination, long page) {}

    private record Question(Place place, long offset, int limit) {

        List<StoredMessage> answer(List<StoredMessage> read) {
            return read.stream()
                    .filter(message -> message.position().offset() > offset)
                    .limit(limit)
                    .toList();
        }
    }

    CachedMessageLog(MessageLog log, HistoryCache cache) {
        this.log = log;
        this.cache = cache;
    }

    @Override
    public CompletionStage<LogHead> head(String destination) {
        return log.head(destination);
    }

    @Override
    public CompletionStage<Map<String, LogHead>> heads(Set<String> destinations) {
        return log.heads(destinations);
    }

    /** May return fewer messages than the limit though there are more: no more than the rest of a page. */
    @Override
    public CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
        return readAfter(new Question(new Place(destination, HistoryPage.number(offset)), offset, limit), true);
    }

    @Override
    public CompletionStage<StreamPosition> append(LogEntry entry) {
        return log.append(entry);
    }

    @Override
    public void inTurn(String destination, Runnable action) {
        log.inTurn(destination, action);
    }

    @Override
    public void onStored(Consumer<StoredMessage> listener) {
        log.onStored(message -> {
            stored(message);
            listener.accept(message);
        });
    }

    /**
     * A reading that began before the question may have missed what was stored meanwhile, so if it has nothing, the
     * question is asked once more: the next reading begins after it.
     */
    private CompletionStage<List<StoredMessage>> readAfter(Question question, boolean again) {
        HistoryPage known = pages.get(question.place());
        if (known != null) {
            known.use();
            List<StoredMessage> found = known.after(question.offset(), question.limit());
            if (!found.isEmpty()) {
                cache.hit();
                return CompletableFuture.completedStage(found);
            }
        }
        HistoryPage own = page(question.place());
        HistoryPage reading = pages.compute(question.place(), (place, page) -> isOfUse(page, known) ? page : own);
        if (reading == own) {
            read(question.place(), own, known);
            return own.reading().thenApply(question::answer);
        }
        cache.hit();
        return reading.reading().thenCompose(read -> {
            List<StoredMessage> found = question.answer(read);
            return found.isEmpty() && again ? readAfter(question, false) : CompletableFuture.completedStage(found);
        });
    }

    /** Whether the page that is here now may have what the one that was found before has not. */
    private static boolean isOfUse(@Nullable HistoryPage now, @Nullable HistoryPage before) {
        return now != null && (now != before || !now.reading().isDone());
    }

    private HistoryPage page(Place place) {
        return new HistoryPage(cache, place.page() * HistoryPage.SIZE, page -> pages.remove(place, page));
    }

    private void read(Place place, HistoryPage page, @Nullable HistoryPage insufficient) {
        if (insufficient != null) {
            insufficient.discard();
        }
        cache.read();
        ask(place).whenComplete((read, error) -> {
            if (read == null) {
                page.fail(error);
            } else {
                page.fill(read);
            }
        });
    }

    /** Whatever the log throws must end the reading, too, because others wait for it. */
    private CompletionStage<List<StoredMessage>> ask(Place place) {
        try {
            return log.readAfter(place.destination(), place.page() * HistoryPage.SIZE, HistoryPage.SIZE);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void stored(StoredMessage message) {
        if (!pages.isEmpty()) {
            long before = message.position().offset() - 1;
            HistoryPage page = pages.get(new Place(message.destination(), HistoryPage.number(before)));
            if (page != null) {
                page.append(message);
            }
        }
    }
}
