package dev.maru.chat.search;

import dev.maru.chat.PlainText;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a text becomes terms of the full-text index.
 *
 * <p>Safe for any thread.
 *
 * <p>Korean has no words that a tokenizer for other languages would find, and its words are short, so the index is of
 * code points: every pair that stands together in a text is a term, and a query is the phrase of its own pairs. What
 * contains the phrase contains the text. For queries of one code point there is a second index of single ones. Terms
 * are written in hexadecimal, {@code c548zb155} for 안녕, so that no tokenizer has an opinion on what is a letter.
 *
 * <p>Case, and how many blanks stand together, make no difference: both sides are folded first.
 */
final class TextIndex {

    private static final char SEPARATOR = 'z';

    private TextIndex() {}

    /** The text as it is compared. */
    static String fold(String text) {
        return PlainText.normalize(PlainText.normalize(text).toLowerCase(Locale.ROOT))
                .replaceAll("(?U)\\s+", " ");
    }

    /** The pairs of a folded text in their order; empty for a text of one code point. */
    static String pairs(String folded) {
        int[] points = folded.codePoints().toArray();
        return IntStream.range(1, points.length)
                .mapToObj(i -> term(points[i - 1]) + SEPARATOR + term(points[i]))
                .collect(Collectors.joining(" "));
    }

    /** The different code points of a folded text. */
    static String letters(String folded) {
        return folded.codePoints().distinct().mapToObj(TextIndex::term).collect(Collectors.joining(" "));
    }

    private static String term(int codePoint) {
        return Integer.toHexString(codePoint);
    }
}
