package dev.maru.transport.websocket;

import dev.maru.engine.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection, from our last bytes to the closed socket (RFC 6455, 7.1).
 *
 * <p>Confined to its connection's event loop.
 *
 * <p>A socket that is closed while its input is unread is reset by the kernel, and the reset destroys what the client
 * has not read yet, an ERROR frame for example. So the last bytes leave, and then input is discarded until the client
 * closes in its turn: for a moment and up to a number of bytes.
 */
public final class ClosingHandshake {
    private static final long ANSWER_MILLIS = 2_000;
    private static final long LEAVE_MILLIS = 10_000;
    private static final long MAX_DISCARDED_BYTES = 8L * 1024 * 1024;

    private final Channel channel;
    private final SocketWriter writer;

    private @Nullable Future<?> deadline;
    private long discarded;
    private boolean peerClosed;
    private boolean sent;
    private boolean deaf;

    /** For the connection on this channel, which writes through this writer. */
    public ClosingHandshake(Channel channel, SocketWriter writer) {
        this.channel = channel;
        this.writer = writer;
    }

    /** Sends the last bytes behind all others; the channel closes when the client has answered, or in a moment. */
    void start(ByteBuf lastBytes, CloseReason reason) {
        start(lastBytes, reason, () -> {});
    }

    /** The same, and runs the action when the bytes have left. */
    public void start(ByteBuf lastBytes, CloseReason reason, Runnable whenLeft) {
        channel.config().setAutoRead(true);
        closeAfter(reason == CloseReason.SLOW_CONSUMER ? ANSWER_MILLIS : LEAVE_MILLIS);
        writer.writeLast(lastBytes).addListener(done -> {
            sent();
            whenLeft.run();
        });
        writer.flush();
    }

    /** Nothing that arrives from now on is understood, so no close frame will be either. */
    void deaf() {
        deaf = true;
    }

    /** The client's close frame has arrived. */
    void peerClosed() {
        peerClosed = true;
        closeIfDone();
    }

    /** So many bytes arrived after the end. */
    public void discarded(int bytes) {
        discarded += bytes;
        if (discarded > MAX_DISCARDED_BYTES) {
            channel.close();
        }
    }

    /** The channel is closed. */
    public void finished() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void sent() {
        sent = true;
        if (channel.isActive()) {
            closeAfter(ANSWER_MILLIS);
            closeIfDone();
            sayThatThisWasAll();
        }
    }

    /** A client that waits for the end of the connection sees it at once, and still nothing is reset. */
    private void sayThatThisWasAll() {
        if (deaf
                && channel instanceof DuplexChannel duplex
                && channel.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
        }
    }

    private void closeIfDone() {
        if (peerClosed && sent) {
            channel.close();
        }
    }

    private void closeAfter(long millis) {
        finished();
        deadline = channel.eventLoop().schedule(() -> channel.close(), millis, TimeUnit.MILLISECONDS);
    }
}
