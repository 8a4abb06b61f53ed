package dev.maru.stomp;

/**
 * How header names and values are written so that line ends and colons in them do not end them (STOMP 1.1 and 1.2,
 * "Value Encoding").
 *
 * <p>Immutable; safe for any thread.
 */
enum HeaderEscaping {
    /** As they are: STOMP 1.0, and CONNECT, STOMP and CONNECTED frames of any version. */
    NONE("?", "?", ":", "\\"),
    /** {@code \n}, {@code \c} and {@code \\}: STOMP 1.1. */
    LINE_FEED("\\n", "\r", "\\c", "\\\\"),
    /** The same and {@code \r}: STOMP 1.2. */
    LINE_FEED_AND_CARRIAGE_RETURN("\\n", "\\r", "\\c", "\\\\");

    /** Stands for what cannot be written at all, as in the encoders of Java's charsets. */
    private static final char REPLACEMENT = '?';

    private final String lineFeed;
    private final String carriageReturn;
    private final String colon;
    private final String backslash;

    HeaderEscaping(String lineFeed, String carriageReturn, String colon, String backslash) {
        this.lineFeed = lineFeed;
        this.carriageReturn = carriageReturn;
        this.colon = colon;
        this.backslash = backslash;
    }

    static HeaderEscaping of(StompVersion version, StompCommand command) {
        if (!version.escapesHeaders() || !command.escapesHeaders()) {
            return NONE;
        }
        return version.escapesCarriageReturn() ? LINE_FEED_AND_CARRIAGE_RETURN : LINE_FEED;
    }

    /** Undoes the escapes. An undefined one is a fault, as the specifications demand. */
    String unescape(String text) {
        int first = this == NONE ? -1 : text.indexOf('\\');
        return first < 0 ? text : unescapeFrom(first, text);
    }

    /**
     * The text as a header's value. What has no escape here and would break the frame is replaced by a question mark:
     * a message that one client sent must not be able to forge headers for another that speaks an older version.
     */
    String escapeValue(String text) {
        int first = firstSpecial(text);
        return first < 0 ? text : escapeFrom(first, text);
    }

    /** The text as a header's name, which cannot have a colon either where nothing is escaped. */
    String escapeName(String text) {
        String escaped = escapeValue(text);
        return this == NONE ? escaped.replace(':', REPLACEMENT) : escaped;
    }

    private String unescapeFrom(int first, String text) {
        StringBuilder plain = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            plain.append(c != '\\' ? c : unescaped(++i < text.length() ? text.charAt(i) : '\0'));
        }
        return plain.toString();
    }

    private char unescaped(char escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 'c' -> ':';
            case '\\' -> '\\';
            case 'r' -> unescapedCarriageReturn();
            default -> throw undefined();
        };
    }

    private char unescapedCarriageReturn() {
        if (this == LINE_FEED) {
            throw undefined();
        }
        return '\r';
    }

    private static FrameFaultException undefined() {
        return new FrameFaultException(StompFault.MALFORMED_FRAME, "an undefined escape in a header");
    }

    private static int firstSpecial(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ':' ? c == ':' || c == '\n' || c == '\r' || c == '\0' : c == '\\') {
                return i;
            }
        }
        return -1;
    }

    private String escapeFrom(int first, String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            appendEscaped(escaped, text.charAt(i));
        }
        return escaped.toString();
    }

    private void appendEscaped(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append(lineFeed);
            case '\r' -> out.append(carriageReturn);
            case ':' -> out.append(colon);
            case '\\' -> out.append(backslash);
            case '\0' -> out.append(REPLACEMENT);
            default -> out.append(c);
        }
    }
}
