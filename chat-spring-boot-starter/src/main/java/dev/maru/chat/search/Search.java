package dev.maru.chat.search;

import dev.maru.chat.ChatFault;
import dev.maru.chat.message.Messages;
import dev.maru.chat.room.RoomId;
import dev.maru.engine.fault.Refusal;
import dev.maru.store.jdbc.Database;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds messages by any part of their text.
 *
 * <p>Safe for any thread; nothing here blocks the caller but {@link #close()}.
 */
public final class Search implements AutoCloseable {

    private static final int MAX_LENGTH = 200;

    private final Database database;
    private final SearchIndexer indexer;

    /** Starts to fill the index with what it does not have yet. */
    public Search(Database database, Messages messages) {
        this.database = database;
        this.indexer = new SearchIndexer(database);
        messages.onStored(indexer::wake);
        indexer.wake();
    }

    /** Refuses with INVALID_QUERY or INVALID_ROOM_ID. A message can be found a moment after it was stored. */
    public CompletionStage<SearchResult> find(SearchQuery query) {
        try {
            return database.slowReaders().read(new SearchRead(check(query), fold(query.text())));
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    /** Completes when everything that is stored now can be found. */
    public CompletionStage<?> catchUp() {
        return indexer.catchUp();
    }

    /** Ends the thread that fills the index. Idempotent. */
    @Override
    public void close() {
        indexer.close();
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
