package dev.maru.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes what SockJS 0.3 puts around messages on its WebSocket: {@code o}, {@code h},
 * <code>a["…","…"]</code>, <code>c[code,"reason"]</code> one way, <code>["…"]</code> the other.
 *
 * <p>Stateless; safe for any thread.
 */
final class SockJsFrames {
    private SockJsFrames() {}

    /** What a client sends: an array of one message. */
    static String write(String message) {
        StringBuilder json = new StringBuilder("[\"");
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append("\"]").toString();
    }

    /** The messages of an {@code a} frame, or the one of an {@code m} frame. */
    static List<String> messages(String frame) {
        List<String> messages = new ArrayList<>();
        for (int i = frame.indexOf('"'); i >= 0; i = frame.indexOf('"', i)) {
            StringBuilder message = new StringBuilder();
            i = readString(frame, i + 1, message);
            messages.add(message.toString());
        }
        return messages;
    }

    /** What a {@code c} frame says. */
    static ClosedWith close(String frame) {
        int code = Integer.parseInt(frame.substring(2, frame.indexOf(',')).strip());
        return new ClosedWith(code, messages(frame).getFirst());
    }

    /** Reads up to the closing quote and returns where the rest begins. */
    private static int readString(String json, int from, StringBuilder out) {
        int i = from;
        while (json.charAt(i) != '"') {
            i = json.charAt(i) == '\\' ? readEscape(json, i + 1, out) : readPlain(json, i, out);
        }
        return i + 1;
    }

    private static int readPlain(String json, int at, StringBuilder out) {
        out.append(json.charAt(at));
        return at + 1;
    }

    private static int readEscape(String json, int at, StringBuilder out) {
        char escape = json.charAt(at);
        if (escape == 'u') {
            out.append((char) Integer.parseInt(json.substring(at + 1, at + 5), 16));
            return at + 5;
        }
        out.append(
                switch (escape) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> escape;
                });
        return at + 1;
    }
}
