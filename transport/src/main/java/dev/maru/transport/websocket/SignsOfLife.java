package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one idle connection alive, where its framing wants that. A client that does not read gets no sign, so that they
 * cannot pile up.
 *
 * <p>Confined to its connection's event loop.
 */
final class SignsOfLife {
    private final Channel channel;
    private final SocketWriter writer;
    private final Framing.KeepAlive sign;

    private @Nullable Future<?> timer;

    SignsOfLife(Channel channel, SocketWriter writer, Framing.KeepAlive sign) {
        this.channel = channel;
        this.writer = writer;
        this.sign = sign;
    }

    void start() {
        long interval = sign.interval().toMillis();
        if (interval > 0) {
            timer = channel.eventLoop().scheduleAtFixedRate(this::send, interval, interval, TimeUnit.MILLISECONDS);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void send() {
        if (channel.isWritable()) {
            ByteBuf text = channel.alloc().buffer();
            FrameWriter.writeAscii(sign.text(), text);
            writer.write(text);
            writer.flush();
        }
    }
}
