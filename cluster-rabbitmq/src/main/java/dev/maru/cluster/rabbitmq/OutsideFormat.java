package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.LongString;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages as AMQP has them: the body as it is, the content type as a property, headers that are texts as headers.
 *
 * <p>Safe for any thread.
 */
final class OutsideFormat {
    private static final int PERSISTENT = 2;

    /** What MESSAGE frames say for themselves, and what brokers add. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            RoutingKeys.DESTINATION,
            "subscription",
            "message-id",
            "content-type",
            "content-length",
            "ack",
            "receipt",
            "receipt-id",
            "transaction");

    private OutsideFormat() {}

    /** Empty if the message does not say where it goes. */
    static Optional<OutsideMessage> read(String routingKey, BasicProperties properties, byte[] body) {
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        return RoutingKeys.destination(headers.get(RoutingKeys.DESTINATION), routingKey)
                .map(destination -> new OutsideMessage(
                        destination, new MessageContent(body, properties.getContentType(), texts(headers))));
    }

    static BasicProperties properties(String destination, MessageContent content) {
        Map<String, Object> headers = new HashMap<>();
        content.headers().forEach(headers::put);
        headers.put(RoutingKeys.DESTINATION, destination);
        @Nullable String type = content.contentType();
        return new BasicProperties.Builder()
                .contentType(type)
                .deliveryMode(PERSISTENT)
                .headers(headers)
                .build();
    }

    private static StompHeaders texts(Map<String, Object> headers) {
        StompHeaders texts = new StompHeaders();
        headers.forEach((name, value) -> {
            boolean text = value instanceof LongString || value instanceof String;
            if (text && !name.startsWith("x-") && !NOT_PASSED_ON.contains(name)) {
                texts.add(name, value.toString());
            }
        });
        return texts;
    }
}
