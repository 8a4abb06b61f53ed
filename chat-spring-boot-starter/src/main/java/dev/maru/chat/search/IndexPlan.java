package dev.maru.chat.search;

/**
 * Which index answers a query, and the query in its language. Immutable; safe for any thread.
 *
 * @param table the full-text table
 * @param match what it is asked
 */
record IndexPlan(String table, String match) {

    static IndexPlan of(String folded) {
        return folded.codePointCount(0, folded.length()) == 1
                ? new IndexPlan("maru_search_letters", TextIndex.letters(folded))
                : new IndexPlan("maru_search_pairs", '"' + TextIndex.pairs(folded) + '"');
    }
}
