package dev.maru.chat.presence;

import java.util.List;

/**
 * The JSON of {@code /topic/presence/{roomId}}, in UTF-8.
 *
 * <p>Safe for any thread.
 */
public final class PresenceJson {

    private PresenceJson() {}

    /** {@code {"kind":"snapshot","version":12,"people":[…]}}. */
    public static byte[] snapshot(long version, List<String> people) {
        throw new UnsupportedOperationException();
    }

    /** {@code {"kind":"joined","version":13,"person":"…"}}. */
    public static byte[] joined(long version, String person) {
        throw new UnsupportedOperationException();
    }

    /** {@code {"kind":"left","version":14,"person":"…"}}. */
    public static byte[] left(long version, String person) {
        throw new UnsupportedOperationException();
    }
}
