package dev.maru.transport.sockjs;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what clients send over HTTP: an array of JSON strings (SockJS 0.3.4, "XhrPolling" and "JsonpPolling").
 *
 * <p>Stateless; safe for any thread.
 */
public final class SockJsMessages {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String FIELD = "d=";

    private SockJsMessages() {}

    /**
     * The messages in a body.
     *
     * @throws BrokenPayloadException if there is nothing, or nothing like it
     */
    public static List<String> read(byte[] body) throws BrokenPayloadException {
        if (body.length == 0) {
            throw new BrokenPayloadException("Payload expected.");
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new BrokenPayloadException("Payload expected.");
            }
            return readArray(json);
        } catch (JacksonException e) {
            throw broken();
        }
    }

    /** The same from a form, in whose field {@code d} they are. */
    public static List<String> readForm(byte[] body) throws BrokenPayloadException {
        for (String field : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            if (field.startsWith(FIELD)) {
                return read(decode(field.substring(FIELD.length())).getBytes(StandardCharsets.UTF_8));
            }
        }
        throw new BrokenPayloadException("Payload expected.");
    }

    /** UTF-8, in which a lone surrogate becomes what browsers put into its place: U+FFFD. */
    static byte[] utf8(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (Character.charCount(text.codePointAt(i)) == 2) {
                i++;
            } else {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, '\uFFFD');
            }
        }
        return (mended == null ? text : mended.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> readArray(JsonParser json) throws BrokenPayloadException {
        List<String> messages = new ArrayList<>();
        JsonToken token = json.nextToken();
        while (token == JsonToken.VALUE_STRING) {
            messages.add(json.getString());
            token = json.nextToken();
        }
        if (token != JsonToken.END_ARRAY || json.nextToken() != null) {
            throw broken();
        }
        return messages;
    }

    private static String decode(String field) throws BrokenPayloadException {
        try {
            return QueryStringDecoder.decodeComponent(field, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw broken();
        }
    }

    private static BrokenPayloadException broken() {
        return new BrokenPayloadException("Broken JSON encoding.");
    }
}
