package dev.maru.chat.search;

import java.util.concurrent.CompletionStage;

/**
 * Finds messages by any part of their text.
 *
 * <p>Safe for any thread; nothing here blocks the caller but {@link #close()}.
 */
public final class Search implements AutoCloseable {

    Search() {}

    /** Refuses with INVALID_QUERY. A message can be found a moment after it was stored. */
    public CompletionStage<SearchResult> find(SearchQuery query) {
        throw new UnsupportedOperationException();
    }

    /** Completes when everything that is stored now can be found. */
    public CompletionStage<?> catchUp() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
