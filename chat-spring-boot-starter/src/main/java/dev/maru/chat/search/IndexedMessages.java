package dev.maru.chat.search;

import dev.maru.store.jdbc.Product;
import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.util.List;

/**
 * The part of the messages that is in the index. In PostgreSQL that is all of them, always.
 *
 * <p>Stateless; safe for any thread.
 */
public final class IndexedMessages {

    private IndexedMessages() {}

    /** The row of the last message that is in the index. Only messages up to it may be deleted. */
    public static long cursor(Sql sql) throws SQLException {
        if (sql.product() == Product.POSTGRESQL) {
            return Long.MAX_VALUE;
        }
        return sql.first("SELECT row_no FROM maru_search_cursor WHERE id = 1", row -> row.getLong(1))
                .orElseThrow();
    }

    /**
     * Takes messages that were deleted out of the index. The cursor follows if the last row was among them: SQLite gives
     * its number to the next message.
     */
    public static void remove(Sql sql, List<Long> rows) throws SQLException {
        if (sql.product() == Product.POSTGRESQL) {
            return;
        }
        for (Long row : rows) {
            sql.update("DELETE FROM maru_search_pairs WHERE rowid = ?", row);
            sql.update("DELETE FROM maru_search_letters WHERE rowid = ?", row);
        }
        sql.update("UPDATE maru_search_cursor SET row_no ="
                + " min(row_no, (SELECT coalesce(max(row_no), 0) FROM maru_message)) WHERE id = 1");
    }
}
