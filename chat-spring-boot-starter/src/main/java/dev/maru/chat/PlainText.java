package dev.maru.chat;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Text from clients, made fit to be kept: Unicode NFC, and nothing in it that a database or UTF-8 cannot hold.
 *
 * <p>Safe for any thread.
 */
public final class PlainText {

    private static final char REPLACEMENT = '\uFFFD';

    /** Letters and symbols by category that show nothing: the fillers of Hangul, and the empty Braille cell. */
    private static final String BLANK_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800";

    private PlainText() {}

    /** The text in NFC; NUL and halves of surrogate pairs become U+FFFD. */
    public static String normalize(String text) {
        String sound = isSound(text) ? text : replaceUnsound(text);
        return Normalizer.isNormalized(sound, Normalizer.Form.NFC)
                ? sound
                : Normalizer.normalize(sound, Normalizer.Form.NFC);
    }

    /** Whether nothing in the text can be seen. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(PlainText::isInvisible);
    }

    /**
     * A name of 1 to {@code maxLength} code points: in NFC, without surrounding blanks and without what cannot be seen
     * in it, so that two names that look the same are the same. Null if it cannot be one: if nothing in it can be seen,
     * or if it has controls or what would turn the text around it.
     */
    public static @Nullable String name(String raw, int maxLength) {
        if (!isSound(raw) || raw.codePoints().anyMatch(PlainText::breaksNames)) {
            return null;
        }
        String name = normalize(InvisibleCharacters.removedFrom(normalize(raw))).strip();
        return !isBlank(name) && name.codePointCount(0, name.length()) <= maxLength ? name : null;
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || BLANK_LETTERS.indexOf(c) >= 0;
    }

    private static boolean breaksNames(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || turnsText(c);
    }

    /** Embeddings, overrides and isolates reach beyond the name into the line that shows it (UAX 9). */
    private static boolean turnsText(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isSound(String text) {
        return text.codePoints().noneMatch(PlainText::isUnsound);
    }

    private static boolean isUnsound(int c) {
        return c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String replaceUnsound(String text) {
        return text.codePoints()
                .map(c -> isUnsound(c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
