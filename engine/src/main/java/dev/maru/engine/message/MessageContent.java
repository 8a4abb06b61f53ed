package dev.maru.engine.message;

import dev.maru.stomp.StompHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a message carries, the same for every subscriber.
 *
 * <p>Immutable by agreement: nobody writes to the body or the headers after construction. Safe for any thread.
 *
 * @param body the bytes, of any kind
 * @param contentType the MIME type for the {@code content-type} header, or null for none
 * @param headers further headers for the MESSAGE frame; none of those that the engine sets itself
 */
public record MessageContent(byte[] body, @Nullable String contentType, StompHeaders headers) {

    private static final StompHeaders NONE = new StompHeaders();

    /** JSON in UTF-8 without further headers. */
    public static MessageContent json(byte[] body) {
        return new MessageContent(body, "application/json", NONE);
    }

    /** Bytes without a type and without further headers. */
    public static MessageContent bytes(byte[] body) {
        return new MessageContent(body, null, NONE);
    }
}
