package dev.maru.spring.messaging;

import dev.maru.engine.session.Session;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.spring.session.SessionMessages;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.messaging.support.NativeMessageHeaderAccessor;
import org.springframework.util.InvalidMimeTypeException;

/**
 * A frame on its way through {@code clientOutboundChannel}, and what has come out at its end. The message that carries it
 * has it in a header, so that interceptors may replace the message and it is still known which frame it was.
 *
 * <p>Confined to the thread that sends it through the channel.
 */
final class OutgoingFrame {
    private static final String HEADER = "maruOutgoingFrame";
    private static final byte[] EMPTY = new byte[0];
    private static final ServerFrame HEART_BEAT = new ServerFrame(StompCommand.MESSAGE, new StompHeaders(), EMPTY);

    private final ServerFrame frame;
    private final List<ServerFrame> passed = new ArrayList<>(1);

    private OutgoingFrame(ServerFrame frame) {
        this.frame = frame;
    }

    static OutgoingFrame of(ServerFrame frame) {
        return new OutgoingFrame(frame);
    }

    static OutgoingFrame heartBeat() {
        return new OutgoingFrame(HEART_BEAT);
    }

    static boolean isHeartBeat(ServerFrame frame) {
        return frame.equals(HEART_BEAT);
    }

    /** The frame that this message carries; null if it carries none, but something that the application addresses. */
    static @Nullable OutgoingFrame in(Message<?> message) {
        return message.getHeaders().get(HEADER) instanceof OutgoingFrame outgoing ? outgoing : null;
    }

    /** What interceptors see. */
    Message<byte[]> message(Session session) {
        StompHeaderAccessor accessor =
                isHeartBeat(frame) ? StompHeaderAccessor.createForHeartbeat() : accessor(session);
        accessor.setHeader(HEADER, this);
        return MessageBuilder.createMessage(frame.body(), accessor.getMessageHeaders());
    }

    private StompHeaderAccessor accessor(Session session) {
        var command = org.springframework.messaging.simp.stomp.StompCommand.valueOf(
                frame.command().name());
        StompHeaderAccessor accessor = of(session, command);
        if (frame.command() == StompCommand.CONNECTED) {
            accessor.setHeader(SimpMessageHeaderAccessor.MESSAGE_TYPE_HEADER, SimpMessageType.CONNECT_ACK);
        }
        return accessor;
    }

    private StompHeaderAccessor of(Session session, org.springframework.messaging.simp.stomp.StompCommand command) {
        try {
            return mutable(SessionMessages.of(session, command, frame.headers(), EMPTY));
        } catch (InvalidMimeTypeException unreadable) {
            StompHeaders others = new StompHeaders();
            frame.headers().forEach((name, value) -> {
                if (!name.equals("content-type")) {
                    others.add(name, value);
                }
            });
            StompHeaderAccessor accessor = mutable(SessionMessages.of(session, command, others, EMPTY));
            accessor.setNativeHeader("content-type", frame.headers().get("content-type"));
            return accessor;
        }
    }

    private static StompHeaderAccessor mutable(Message<?> message) {
        StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
        return accessor == null ? StompHeaderAccessor.wrap(message) : accessor;
    }

    /** The message has come through. */
    void pass(Message<?> message) {
        passed.add(
                isHeartBeat(frame)
                        ? frame
                        : new ServerFrame(
                                frame.command(), headers(message), OutgoingContent.body(message.getPayload())));
    }

    /** One frame, or none if it was dropped. */
    List<ServerFrame> passed() {
        return passed;
    }

    private static StompHeaders headers(Message<?> message) {
        StompHeaders headers = new StompHeaders();
        if (message.getHeaders().get(NativeMessageHeaderAccessor.NATIVE_HEADERS) instanceof Map<?, ?> all) {
            all.forEach((name, values) -> {
                if (values instanceof List<?> list) {
                    list.forEach(value -> headers.add(String.valueOf(name), String.valueOf(value)));
                }
            });
        }
        return headers;
    }
}
