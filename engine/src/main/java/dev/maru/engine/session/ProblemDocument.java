package dev.maru.engine.session;

import dev.maru.engine.fault.Fault;
import java.nio.charset.StandardCharsets;

/** A fault as a problem document (RFC 9457) in JSON. Stateless; safe for any thread. */
public final class ProblemDocument {
    public static final String CONTENT_TYPE = "application/problem+json";

    private ProblemDocument() {}

    /** The document in UTF-8. */
    public static byte[] render(Fault fault, String detail) {
        String json = "{\"type\":\"urn:maru:fault:" + fault.text() + "\",\"title\":\"" + fault.text() + "\",\"status\":"
                + fault.httpStatus() + ",\"code\":" + fault.code() + ",\"detail\":\"" + escape(detail) + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
