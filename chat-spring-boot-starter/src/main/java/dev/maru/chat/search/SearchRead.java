package dev.maru.chat.search;

import dev.maru.chat.PlainText;
import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.message.MessageRows;
import dev.maru.store.jdbc.Product;
import dev.maru.store.jdbc.Read;
import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers one query from the index, newest first, and looks at the texts themselves before it believes the index.
 *
 * <p>Confined to a reading thread.
 */
final class SearchRead implements Read<SearchResult> {

    private final SearchQuery query;
    private final String folded;
    private final StringBuilder sql = new StringBuilder("SELECT " + MessageRows.COLUMNS);
    private final List<Object> values = new ArrayList<>();

    private SearchRead(SearchQuery query, String folded) {
        this.query = query;
        this.folded = folded;
    }

    /** @param closed rooms in which nothing is found */
    static SearchRead of(Product product, SearchQuery query, String folded, Set<String> closed) {
        SearchRead read = new SearchRead(query, folded);
        if (product == Product.SQLITE) {
            read.askSqlite(closed);
        } else {
            read.askPostgres(closed);
        }
        return read;
    }

    private void askSqlite(Set<String> closed) {
        IndexPlan plan = IndexPlan.of(folded);
        // CROSS JOIN keeps SQLite from walking the messages and asking the index for each of them.
        sql.append(" FROM ").append(plan.table()).append(" s CROSS JOIN maru_message m ON m.row_no = s.rowid");
        filter(" WHERE " + plan.table() + " MATCH ?", plan.match());
        filterMessages(closed);
        sql.append(" ORDER BY s.rowid DESC");
    }

    /** The driver would bring all rows at once, so here the database looks at the texts, and stops when it has enough. */
    private void askPostgres(Set<String> closed) {
        sql.append(" FROM maru_search s JOIN maru_message m ON m.row_no = s.row_no");
        filter(" WHERE maru_terms(s.folded) @> maru_terms(?)", folded);
        filter(" AND position(CAST(? AS text) IN s.folded) > 0", folded);
        filterMessages(closed);
        filter(" ORDER BY s.row_no DESC LIMIT ?", query.limit() + 1);
    }

    private void filterMessages(Set<String> closed) {
        filter(" AND m.room = ?", query.room());
        filter(" AND m.author_name = ?", name(query.sender()));
        filter(" AND m.sent_at >= ?", millis(query.from()));
        filter(" AND m.sent_at < ?", millis(query.to()));
        closed.forEach(room -> filter(" AND m.room <> ?", room));
        sql.append(" AND m.deleted_at IS NULL AND NOT EXISTS"
                + " (SELECT 1 FROM maru_room r WHERE r.id = m.room AND r.deleted_at IS NOT NULL)");
    }

    @Override
    public SearchResult read(Sql database) throws SQLException {
        List<ChatMessage> found = new ArrayList<>();
        database.scan(sql.toString(), MessageRows::message, message -> takes(found, message), values.toArray());
        boolean more = found.size() > query.limit();
        if (more) {
            found.removeLast();
        }
        return new SearchResult(found, more, archivedBefore(database));
    }

    private static @Nullable Instant archivedBefore(Sql database) throws SQLException {
        return database.first("SELECT before FROM maru_archive", row -> Instant.ofEpochMilli(row.getLong(1)))
                .orElse(null);
    }

    /** One more than is asked for shows whether there is more. */
    private boolean takes(List<ChatMessage> found, ChatMessage message) {
        if (TextIndex.fold(message.text()).contains(folded)) {
            found.add(message);
        }
        return found.size() <= query.limit();
    }

    private void filter(String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    private static @Nullable String name(@Nullable String raw) {
        return raw == null ? null : PlainText.normalize(raw).strip();
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
