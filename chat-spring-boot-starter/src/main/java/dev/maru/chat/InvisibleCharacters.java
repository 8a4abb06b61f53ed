package dev.maru.chat;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * Removes from a name what nobody sees in it: Unicode's default-ignorable characters and formats (UAX 44), with which
 * one name can be made to look like another. What changes how its neighbours look stays where it has that effect: the
 * joiners of emoji and of the scripts that join (Unicode 17, 23.2), an emoji's variation selector, a flag's tags.
 *
 * <p>Stateless; safe for any thread.
 */
final class InvisibleCharacters {

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int TEXT_STYLE = 0xFE0E;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int KEYCAP = 0x20E3;
    private static final int BLACK_FLAG = 0x1F3F4;

    /** Where a joiner, or a non-joiner, between two letters changes their shape. */
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private InvisibleCharacters() {}

    static String removedFrom(String name) {
        if (name.codePoints().noneMatch(InvisibleCharacters::isInvisible)) {
            return name;
        }
        int[] all = name.codePoints().toArray();
        StringBuilder kept = new StringBuilder(name.length());
        for (int i = 0; i < all.length; i++) {
            int next = i + 1 < all.length ? all[i + 1] : 0;
            if (!isInvisible(all[i]) || hasEffect(kept, all[i], next)) {
                kept.appendCodePoint(all[i]);
            }
        }
        return kept.toString();
    }

    private static boolean hasEffect(CharSequence before, int c, int next) {
        int last = last(before, before.length());
        return switch (c) {
            case JOINER -> joinsEmoji(before, next) || joinsLetters(last, next);
            case NON_JOINER -> joinsLetters(last, next);
            case EMOJI_STYLE -> Character.isExtendedPictographic(last) || next == KEYCAP;
            case TEXT_STYLE -> Character.isExtendedPictographic(last);
            default -> isTag(c) && (last == BLACK_FLAG || isTag(last));
        };
    }

    private static boolean joinsEmoji(CharSequence before, int next) {
        int end = before.length();
        int last = last(before, end);
        while (last == EMOJI_STYLE || Character.isEmojiModifier(last)) {
            end -= Character.charCount(last);
            last = last(before, end);
        }
        return Character.isExtendedPictographic(last) && Character.isExtendedPictographic(next);
    }

    private static boolean joinsLetters(int last, int next) {
        UnicodeScript script = UnicodeScript.of(last);
        return JOINING.contains(UnicodeScript.of(next))
                && (JOINING.contains(script) || (script == UnicodeScript.INHERITED && last > JOINER));
    }

    private static int last(CharSequence text, int end) {
        return end == 0 ? 0 : Character.codePointBefore(text, end);
    }

    private static boolean isTag(int c) {
        return c >= 0xE0020 && c <= 0xE007F;
    }

    /** Default_Ignorable_Code_Point, which Java does not know, and formats; the visible ones among those excepted. */
    private static boolean isInvisible(int c) {
        return switch (c) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0 -> true;
            case 0x06DD, 0x070F, 0x08E2, 0x110BD, 0x110CD -> false;
            default ->
                (c >= 0x180B && c <= 0x180F)
                        || (c >= 0xFE00 && c <= EMOJI_STYLE)
                        || (c >= 0xFFF0 && c <= 0xFFF8)
                        || (c >= 0xE0000 && c <= 0xE0FFF)
                        || (Character.getType(c) == Character.FORMAT && !isPrepended(c));
        };
    }

    /** Arabic signs that stand before a number and are seen. */
    private static boolean isPrepended(int c) {
        return (c >= 0x0600 && c <= 0x0605) || c == 0x0890 || c == 0x0891;
    }
}
