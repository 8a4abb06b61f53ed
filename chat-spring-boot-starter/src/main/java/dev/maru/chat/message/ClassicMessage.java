package dev.maru.chat.message;

import dev.maru.chat.ChatFault;
import dev.maru.engine.fault.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * A classic chat message as a publisher of the stream gives it. Immutable; safe for any thread.
 *
 * @param type TALK, JOIN or LEAVE, or null
 */
record ClassicMessage(
        @Nullable String type,
        @Nullable String sender,
        @Nullable String message,
        @Nullable String clientMessageId) {

    private static final ObjectReader READER = JsonMapper.builder().build().readerFor(JsonNode.class);

    /** Refuses with MALFORMED_JSON. */
    static ClassicMessage parse(byte[] body) {
        JsonNode json = read(body);
        return new ClassicMessage(
                text(json, "type"), text(json, "sender"), text(json, "message"), text(json, "clientMessageId"));
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode json = READER.readValue(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw malformed();
        }
        return value.stringValue();
    }

    private static Refusal malformed() {
        return new Refusal(ChatFault.MALFORMED_JSON, "The body is not the JSON of a chat message.");
    }
}
