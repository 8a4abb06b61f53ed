package dev.maru.benchmarks.restart;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A frame of STOMP as the server sends it, one in a WebSocket message. Nothing that is looked at here is ever escaped.
 *
 * <p>Immutable; safe for any thread.
 */
record Frame(String command, Map<String, String> headers, String body) {

    static Frame of(String text) {
        int end = text.indexOf("\n\n");
        String[] lines = text.substring(0, Math.max(0, end)).split("\n", -1);
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.putIfAbsent(lines[i].substring(0, colon), lines[i].substring(colon + 1));
        }
        return new Frame(lines[0], headers, text.substring(end + 2));
    }

    @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The same for a header that the protocol promises. */
    String promised(String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new IllegalStateException("no " + name + ": " + this);
        }
        return value;
    }
}
