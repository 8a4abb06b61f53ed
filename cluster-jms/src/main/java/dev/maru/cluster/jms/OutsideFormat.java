package dev.maru.cluster.jms;

import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages as applications with JMS have them: a text where the body is UTF-8, bytes otherwise; the destination, the
 * content type and further headers as properties that are texts. Headers whose names are no identifiers of Java's stay
 * behind, since JMS has no place for them.
 *
 * <p>Safe for any thread; the messages are their sessions'.
 */
final class OutsideFormat {
    private static final String DESTINATION = "destination";
    private static final String CONTENT_TYPE = "contentType";

    /** What the engine says itself, and what brokers add. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of(DESTINATION, CONTENT_TYPE, "subscription", "ack", "receipt", "transaction");

    private OutsideFormat() {}

    /** Empty if the message does not say where it goes, or is of no kind that has a body. */
    static Optional<OutsideMessage> read(Message message) throws JMSException {
        String destination = message.getStringProperty(DESTINATION);
        byte[] body = body(message);
        return destination == null || body == null
                ? Optional.empty()
                : Optional.of(new OutsideMessage(
                        destination,
                        new MessageContent(body, message.getStringProperty(CONTENT_TYPE), headers(message))));
    }

    private static byte @Nullable [] body(Message message) throws JMSException {
        return switch (message) {
            case TextMessage text ->
                text.getText() == null ? null : text.getText().getBytes(StandardCharsets.UTF_8);
            case BytesMessage bytes -> ParcelTopics.bytes(bytes);
            default -> null;
        };
    }

    private static StompHeaders headers(Message message) throws JMSException {
        StompHeaders headers = new StompHeaders();
        for (Enumeration<?> names = message.getPropertyNames(); names.hasMoreElements(); ) {
            String name = String.valueOf(names.nextElement());
            boolean brokers = name.startsWith("JMS") || name.startsWith("_AMQ");
            if (!brokers && !NOT_PASSED_ON.contains(name) && message.getObjectProperty(name) instanceof String value) {
                headers.add(name, value);
            }
        }
        return headers;
    }

    static Message write(Session session, String destination, MessageContent content) throws JMSException {
        Message message = body(session, content.body());
        for (Map.Entry<String, String> header : properties(content).entrySet()) {
            message.setStringProperty(header.getKey(), header.getValue());
        }
        message.setStringProperty(DESTINATION, destination);
        return message;
    }

    private static Map<String, String> properties(MessageContent content) {
        Map<String, String> properties = new HashMap<>();
        content.headers().forEach((name, value) -> {
            if (isIdentifier(name) && !name.startsWith("JMS")) {
                properties.putIfAbsent(name, value);
            }
        });
        if (content.contentType() != null) {
            properties.put(CONTENT_TYPE, content.contentType());
        }
        return properties;
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && Character.isJavaIdentifierStart(name.charAt(0))
                && name.chars().allMatch(Character::isJavaIdentifierPart);
    }

    private static Message body(Session session, byte[] body) throws JMSException {
        try {
            return session.createTextMessage(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException _) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(body);
            return message;
        }
    }
}
