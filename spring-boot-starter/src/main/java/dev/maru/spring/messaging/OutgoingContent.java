package dev.maru.spring.messaging;

import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;

/**
 * Turns what an application sends into what the engine publishes.
 *
 * <p>Stateless; safe for any thread.
 */
final class OutgoingContent {

    /**
     * Headers of frames that the engine writes itself or that were meant for the server alone. They turn up where an
     * application sends on the headers of a frame it received.
     */
    private static final Set<String> NOT_FOR_SUBSCRIBERS = Set.of(
            "destination",
            "content-type",
            "content-length",
            "subscription",
            "message-id",
            "ack",
            "receipt",
            "receipt-id",
            "transaction",
            "login",
            "passcode",
            "authorization");

    private OutgoingContent() {}

    /** The message's payload, content type and native headers. */
    static MessageContent of(Message<?> message) {
        return new MessageContent(body(message.getPayload()), contentType(message), headers(message));
    }

    static byte[] body(Object payload) {
        return switch (payload) {
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default ->
                throw new IllegalArgumentException("a payload must be bytes or text when it reaches the broker, not "
                        + payload.getClass().getName());
        };
    }

    private static @Nullable String contentType(Message<?> message) {
        Object type = message.getHeaders().get(MessageHeaders.CONTENT_TYPE);
        return type == null ? null : type.toString();
    }

    private static StompHeaders headers(Message<?> message) {
        StompHeaders headers = new StompHeaders();
        if (message.getHeaders().get(NativeMessageHeaderAccessor.NATIVE_HEADERS) instanceof Map<?, ?> all) {
            all.forEach((name, values) -> add(headers, String.valueOf(name), values));
        }
        return headers;
    }

    private static void add(StompHeaders headers, String name, @Nullable Object values) {
        if (values instanceof List<?> list && !NOT_FOR_SUBSCRIBERS.contains(name.toLowerCase(Locale.ROOT))) {
            list.stream().map(String::valueOf).forEach(value -> headers.add(name, value));
        }
    }
}
