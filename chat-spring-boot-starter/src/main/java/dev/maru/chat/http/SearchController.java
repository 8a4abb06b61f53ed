package dev.maru.chat.http;

import dev.maru.chat.client.VisibleSearch;
import dev.maru.chat.search.Search;
import dev.maru.chat.search.SearchQuery;
import java.security.Principal;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Search over HTTP.
 *
 * <p>Safe for any thread; never blocks one.
 */
@RestController
final class SearchController {
    private static final int FOUND_BY_DEFAULT = 50;

    private final VisibleSearch search;
    private final HttpVisitors visitors;

    SearchController(Search search, HttpVisitors visitors) {
        this.search = new VisibleSearch(search, visitors.permits());
        this.visitors = visitors;
    }

    @GetMapping(path = "${maru.chat.http.path:/api}/search", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<byte[]> find(@Nullable Principal user, ServerWebExchange exchange) {
        QueryParameters parameters = QueryParameters.of(exchange);
        SearchQuery query = new SearchQuery(
                parameters.requiredText("q"),
                parameters.text("room"),
                parameters.text("sender"),
                parameters.time("from"),
                parameters.time("to"),
                parameters.limit(FOUND_BY_DEFAULT, SearchQuery.MAX_LIMIT));
        return visitors.of(user).thenCompose(who -> search.find(who, query)).thenApply(MessagesJson::result);
    }
}
