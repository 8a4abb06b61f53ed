package dev.maru.stomp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a known word stands for, straight from the bytes it is written in. An open-addressed hash table over
 * length, first and last byte, at most a quarter full, so that a look-up allocates nothing and compares one word or
 * none.
 *
 * <p>Immutable; safe for any thread.
 */
final class WordTable<T> {
    private final List<@Nullable Word<T>> slots;

    private record Word<T>(byte[] text, T meaning) {}

    /** A table of these words, all in ASCII and not empty. */
    WordTable(Map<String, T> meanings) {
        int size = Integer.highestOneBit(meanings.size()) * 8;
        slots = new ArrayList<>(Collections.nCopies(size, null));
        meanings.forEach((word, meaning) -> put(new Word<>(word.getBytes(StandardCharsets.US_ASCII), meaning)));
    }

    /** What the bytes from one index up to another mean, or null if they are no word of the table. */
    @Nullable T find(ByteBuf bytes, int from, int to) {
        if (from == to) {
            return null;
        }
        int slot = slot(to - from, bytes.getByte(from), bytes.getByte(to - 1));
        for (Word<T> word = slots.get(slot); word != null; word = slots.get(slot)) {
            if (matches(word.text, bytes, from, to)) {
                return word.meaning;
            }
            slot = next(slot);
        }
        return null;
    }

    private void put(Word<T> word) {
        int slot = slot(word.text.length, word.text[0], word.text[word.text.length - 1]);
        while (slots.get(slot) != null) {
            slot = next(slot);
        }
        slots.set(slot, word);
    }

    private int slot(int length, byte first, byte last) {
        return ((length * 31 + first) * 31 + last) & (slots.size() - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.size() - 1);
    }

    private static boolean matches(byte[] word, ByteBuf bytes, int from, int to) {
        if (word.length != to - from) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (word[i] != bytes.getByte(from + i)) {
                return false;
            }
        }
        return true;
    }
}
