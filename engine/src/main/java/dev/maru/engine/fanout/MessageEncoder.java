package dev.maru.engine.fanout;

import dev.maru.engine.message.MessageContent;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns messages into the MESSAGE frames of one subscription, all in one buffer.
 *
 * <p>Confined to one thread.
 */
public final class MessageEncoder {
    private static final StompHeaders NONE = new StompHeaders();

    private final Subscriber subscriber;
    private final String id;
    private final String destination;
    private final List<ServerFrame> frames = new ArrayList<>();
    private int weight;

    /**
     * An encoder without messages.
     *
     * @param id of the subscription
     * @param destination as it was subscribed to
     */
    public MessageEncoder(Subscriber subscriber, String id, String destination) {
        this.subscriber = subscriber;
        this.id = id;
        this.destination = destination;
    }

    /** Adds a message that needs no acknowledgement. */
    public void add(MessageContent content, String messageId) {
        add(content, messageId, NONE);
    }

    /** Adds a message with further headers, which stand before the message's own. */
    public void add(MessageContent content, String messageId, StompHeaders further) {
        StompHeaders headers = new StompHeaders().add("destination", destination);
        if (content.contentType() != null) {
            headers.add("content-type", content.contentType());
        }
        headers.add("subscription", id).add("message-id", messageId);
        further.forEach(headers::add);
        content.headers().forEach(headers::add);
        ServerFrame frame = new ServerFrame(StompCommand.MESSAGE, headers, content.body());
        weight += subscriber.wireFormat().weight(frame);
        frames.add(frame);
    }

    /** All frames that were added; the caller owns the buffer. */
    public ByteBuf encoded() {
        return encoded(subscriber.wireFormat());
    }

    /** The same in the form for many; see {@link WireFormat#shared()}. */
    ByteBuf encodedForMany() {
        return encoded(subscriber.wireFormat().shared());
    }

    private ByteBuf encoded(WireFormat format) {
        ByteBuf out = subscriber.allocator().ioBuffer(weight);
        try {
            frames.forEach(frame -> format.encode(frame, out));
        } catch (RuntimeException | Error e) {
            out.release();
            throw e;
        }
        return out;
    }
}
