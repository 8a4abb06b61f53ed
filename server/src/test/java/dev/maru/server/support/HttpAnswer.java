package dev.maru.server.support;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP response as a test sees it. Immutable. */
public record HttpAnswer(int status, HttpHeaders headers, String body) {
    private static final JsonMapper JSON = new JsonMapper();

    public JsonNode json() {
        return JSON.readTree(body);
    }

    public @Nullable String header(String name) {
        return headers.firstValue(name).orElse(null);
    }
}
