package dev.maru.cluster.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Messages as applications with Kafka have them: the value is the body, the key the destination (or the header
 * {@code destination}, which comes first), the header {@code content-type} its type, and other headers are texts.
 *
 * <p>Safe for any thread.
 */
final class OutsideRecords {
    private static final String DESTINATION = "destination";
    private static final String CONTENT_TYPE = "content-type";

    /** What the engine says itself. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            DESTINATION,
            CONTENT_TYPE,
            "content-length",
            "subscription",
            "message-id",
            "ack",
            "receipt",
            "receipt-id",
            "transaction");

    private OutsideRecords() {}

    /** Empty if the record does not say where it goes, or has no value. */
    static Optional<OutsideMessage> read(ConsumerRecord<byte[], byte[]> record) {
        String named = text(record.headers().lastHeader(DESTINATION));
        String destination = named != null || record.key() == null ? named : new String(record.key(), UTF_8);
        if (destination == null || record.value() == null) {
            return Optional.empty();
        }
        String type = text(record.headers().lastHeader(CONTENT_TYPE));
        return Optional.of(
                new OutsideMessage(destination, new MessageContent(record.value(), type, headers(record.headers()))));
    }

    private static StompHeaders headers(Headers given) {
        StompHeaders headers = new StompHeaders();
        for (Header header : given) {
            String value = text(header);
            if (value != null && !NOT_PASSED_ON.contains(header.key())) {
                headers.add(header.key(), value);
            }
        }
        return headers;
    }

    private static @Nullable String text(@Nullable Header header) {
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    static ProducerRecord<byte[], byte[]> write(String topic, String destination, MessageContent content) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, destination.getBytes(UTF_8), content.body());
        content.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        if (content.contentType() != null) {
            record.headers().add(CONTENT_TYPE, content.contentType().getBytes(UTF_8));
        }
        return record;
    }
}
