package dev.maru.server.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A frame as a test sees it. Immutable. */
public record StompMessage(String command, Map<String, String> headers, String body) {
    private static final JsonMapper JSON = new JsonMapper();

    static StompMessage parse(String text) {
        int head = text.indexOf("\n\n");
        List<String> lines = text.substring(0, head).lines().toList();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.putIfAbsent(unescape(line.substring(0, colon)), unescape(line.substring(colon + 1)));
        }
        return new StompMessage(lines.getFirst(), headers, text.substring(head + 2));
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** The JSON's text field of this name; {@code null} where it is null or missing. */
    public @Nullable String text(String field) {
        return json().path(field).asString(null);
    }

    private static String unescape(String text) {
        return text.replace("\\c", ":")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\\\", "\\");
    }
}
