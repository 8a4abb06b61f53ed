package dev.maru.chat.search;

import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.util.List;

/**
 * A message's terms on their way into the index. Immutable; safe for any thread.
 *
 * @param number the message's row
 * @param pairs see {@link TextIndex#pairs}
 * @param letters see {@link TextIndex#letters}
 */
record IndexRow(long number, String pairs, String letters) {

    /** The terms of the messages after the cursor. */
    static List<IndexRow> next(Sql sql, int limit) throws SQLException {
        return sql.list(
                "SELECT row_no, text FROM maru_message"
                        + " WHERE row_no > (SELECT row_no FROM maru_search_cursor WHERE id = 1)"
                        + " ORDER BY row_no LIMIT ?",
                row -> of(row.getLong(1), row.getString(2)),
                limit);
    }

    void insert(Sql sql) throws SQLException {
        if (!pairs.isEmpty()) {
            sql.update("INSERT INTO maru_search_pairs (rowid, pairs) VALUES (?, ?)", number, pairs);
        }
        sql.update("INSERT INTO maru_search_letters (rowid, letters) VALUES (?, ?)", number, letters);
    }

    private static IndexRow of(long number, String text) {
        String folded = TextIndex.fold(text);
        return new IndexRow(number, TextIndex.pairs(folded), TextIndex.letters(folded));
    }
}
