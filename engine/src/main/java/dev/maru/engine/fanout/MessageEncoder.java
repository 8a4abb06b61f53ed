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
final class MessageEncoder {
    private final Subscriber subscriber;
    private final String id;
    private final String destination;
    private final List<ServerFrame> frames = new ArrayList<>();
    private int weight;

    MessageEncoder(Subscriber subscriber, String id, String destination) {
        this.subscriber = subscriber;
        this.id = id;
        this.destination = destination;
    }

    void add(Delivery message, String messageId) {
        MessageContent content = message.content();
        StompHeaders headers = new StompHeaders().add("destination", destination);
        if (content.contentType() != null) {
            headers.add("content-type", content.contentType());
        }
        headers.add("subscription", id).add("message-id", messageId);
        content.headers().forEach(headers::add);
        ServerFrame frame = new ServerFrame(StompCommand.MESSAGE, headers, content.body());
        weight += subscriber.wireFormat().weight(frame);
        frames.add(frame);
    }

    /** All frames that were added; the caller owns the buffer. */
    ByteBuf encoded() {
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
