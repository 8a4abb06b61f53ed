package dev.maru.chat.client;

import dev.maru.chat.access.RoomAction;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.search.Search;
import dev.maru.chat.search.SearchQuery;
import dev.maru.chat.search.SearchResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Searches what somebody may read. A search in all rooms asks about the rooms in which something was found, and searches
 * again without those that are closed, a few times; so a page may be shorter than it could be, and then says that there
 * is more, but never shows what it may not.
 *
 * <p>Safe for any thread; never blocks one.
 */
public final class VisibleSearch {

    private static final int ROUNDS = 5;

    private final Search search;
    private final Permits permits;

    public VisibleSearch(Search search, Permits permits) {
        this.search = search;
        this.permits = permits;
    }

    /** As {@link Search#find}, of what this person may read; refuses one room that they may not with FORBIDDEN. */
    public CompletionStage<SearchResult> find(Visitor who, SearchQuery query) {
        String room = query.room();
        if (room != null) {
            return permits.check(who, RoomAction.READ, room).thenCompose(_ -> search.find(query));
        }
        return permits.areOpen() ? search.find(query) : round(who, query, Set.of(), ROUNDS);
    }

    private CompletionStage<SearchResult> round(Visitor who, SearchQuery query, Set<String> closed, int left) {
        return search.findOutside(closed, query)
                .thenCompose(found -> permits.unreadable(who, roomsOf(found)).thenCompose(refused -> {
                    if (refused.isEmpty()) {
                        return CompletableFuture.completedStage(found);
                    }
                    return left > 1
                            ? round(who, query, union(closed, refused), left - 1)
                            : CompletableFuture.completedStage(without(refused, found));
                }));
    }

    private static Set<String> roomsOf(SearchResult found) {
        return found.messages().stream().map(ChatMessage::roomId).collect(Collectors.toSet());
    }

    private static SearchResult without(Set<String> rooms, SearchResult found) {
        List<ChatMessage> visible = found.messages().stream()
                .filter(message -> !rooms.contains(message.roomId()))
                .toList();
        return new SearchResult(visible, true, found.archivedBefore());
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
