package dev.maru.chat.search;

import dev.maru.chat.ChatFault;
import dev.maru.chat.message.MessageIndex;
import dev.maru.chat.message.Messages;
import dev.maru.chat.room.RoomId;
import dev.maru.engine.fault.Refusal;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Product;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages by any part of their text.
 *
 * <p>Safe for any thread; nothing here blocks the caller but {@link #close()}.
 */
public final class Search implements AutoCloseable {

    private static final int MAX_LENGTH = 200;

    private final Database database;
    private final @Nullable SearchIndexer indexer;

    /** Starts to fill the index with what it does not have yet. */
    public Search(Database database, Messages messages) {
        this.database = database;
        this.indexer = database.product() == Product.SQLITE ? start(database, messages) : null;
    }

    /** What is written with each message: in SQLite nothing, where the index is filled behind the commits. */
    public static MessageIndex indexOf(Product product) {
        return product == Product.SQLITE
                ? MessageIndex.NONE
                : (sql, message) -> sql.update(
                        "INSERT INTO maru_search (row_no, folded) SELECT row_no, ? FROM maru_message WHERE id = ?",
                        TextIndex.fold(message.text()),
                        message.id().toString());
    }

    private static SearchIndexer start(Database database, Messages messages) {
        SearchIndexer indexer = new SearchIndexer(database);
        messages.onStored(_ -> indexer.wake());
        indexer.wake();
        return indexer;
    }

    /** Refuses with INVALID_QUERY or INVALID_ROOM_ID. A message can be found a moment after it was stored. */
    public CompletionStage<SearchResult> find(SearchQuery query) {
        return findOutside(Set.of(), query);
    }

    /** As {@link #find}, but nothing that was said in these rooms. */
    public CompletionStage<SearchResult> findOutside(Set<String> rooms, SearchQuery query) {
        try {
            return database.slowReaders()
                    .read(SearchRead.of(database.product(), check(query), fold(query.text()), rooms));
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    /** Completes when everything that is stored now can be found. */
    public CompletionStage<?> catchUp() {
        return indexer == null ? CompletableFuture.completedStage(true) : indexer.catchUp();
    }

    /** Ends the thread that fills the index. Idempotent. */
    @Override
    public void close() {
        if (indexer != null) {
            indexer.close();
        }
    }

    private static SearchQuery check(SearchQuery query) {
        if (query.limit() < 1 || query.limit() > SearchQuery.MAX_LIMIT) {
            throw new Refusal(ChatFault.INVALID_QUERY, "The limit is 1 to " + SearchQuery.MAX_LIMIT + ".");
        }
        if (query.room() != null) {
            RoomId.check(query.room());
        }
        return query;
    }

    private static String fold(String text) {
        String folded = TextIndex.fold(text).strip();
        if (folded.isEmpty() || folded.codePointCount(0, folded.length()) > MAX_LENGTH) {
            throw new Refusal(ChatFault.INVALID_QUERY, "A text to search for is 1 to 200 characters.");
        }
        return folded;
    }
}
