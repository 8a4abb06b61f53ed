package dev.maru.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.internal.SystemPropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * What one connection writes, on its way to the socket.
 *
 * <p>Confined to its connection's event loop. Buffers go to the channel and leave together at the next flush, without a
 * promise for each; a single one that nothing waits before goes to the {@link BareSocket}, where there is one. While a
 * read is going on flushes are put off to its end, so that the answers to many frames leave together.
 *
 * <p>How much has not left is read from the channel: the bytes that it counts as pending, less what it adds for each
 * entry, less what has left of the first one. Behind TLS that is near the truth, because encrypted bytes are counted.
 */
public final class SocketWriter {
    /** What the channel adds to the size of each entry; the same property decides it there. */
    private static final int ENTRY_OVERHEAD =
            SystemPropertyUtil.getInt("io.netty.transport.outboundBufferEntrySizeOverhead", 96);

    private final Channel channel;
    private final Runnable onSent;

    /** What was written since nothing waited any more, as long as it is one buffer. */
    private @Nullable ByteBuf single;

    private @Nullable BareSocket socket;
    private boolean asked;

    /** Whether nothing is in the channel, so that the next buffer may go past it. */
    private boolean clear;

    private boolean closed;
    private int unflushedEntries;
    private boolean flushWanted;
    private boolean flushing;
    private boolean held;
    private boolean drainAwaited;
    private boolean backlogSeen;

    /**
     * @param channel to write to
     * @param onSent runs when the channel becomes writable again, and when nothing is left unsent of what
     *     {@link #unsentBytes()} told of; within {@link #flush()} or later
     */
    public SocketWriter(Channel channel, Runnable onSent) {
        this.channel = channel;
        this.onSent = onSent;
        channel.closeFuture().addListener(end -> close());
    }

    /** Takes the bytes and owns them. */
    public void write(ByteBuf bytes) {
        if (clear && single == null) {
            single = bytes;
        } else {
            handSingleOver();
            handOver(bytes);
        }
    }

    /** The same, with a future that completes when they have left. */
    public ChannelFuture writeLast(ByteBuf bytes) {
        handSingleOver();
        clear = false;
        unflushedEntries++;
        return channel.write(bytes);
    }

    /** Lets everything leave that was written; free if there is nothing. */
    public void flush() {
        if (single == null && unflushedEntries == 0) {
            return;
        }
        flushWanted = true;
        if (!held) {
            flushNow();
        }
    }

    /** Puts flushes off until {@link #letGo()}. */
    public void hold() {
        held = true;
    }

    /** Flushes what was put off. */
    public void letGo() {
        held = false;
        if (flushWanted) {
            flushNow();
        }
    }

    /** To be told when the channel's writability has changed. */
    public void writabilityChanged() {
        if (channel.isWritable()) {
            onSent.run();
        }
    }

    /** Bytes that were written and have not reached the socket. */
    public long unsentBytes() {
        long unsent = countUnsent();
        backlogSeen |= unsent > 0;
        return unsent;
    }

    private void handOver(ByteBuf bytes) {
        clear = false;
        unflushedEntries++;
        channel.write(bytes, channel.voidPromise());
    }

    private void handSingleOver() {
        ByteBuf bytes = single;
        if (bytes != null) {
            single = null;
            handOver(bytes);
        }
    }

    private void close() {
        closed = true;
        handSingleOver();
        clear = false;
    }

    private long countUnsent() {
        if (clear) {
            return single == null ? 0 : single.readableBytes();
        }
        return unsentBytes(channel, unflushedEntries);
    }

    /**
     * Bytes that were written to a channel and have not reached its socket. For its event loop.
     *
     * @param unflushedEntries how many of the writes were not flushed yet
     */
    public static long unsentBytes(Channel channel, int unflushedEntries) {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        if (pending == null) {
            return 0;
        }
        long entries = pending.size() + (long) unflushedEntries;
        return Math.max(0, pending.totalPendingWriteBytes() - ENTRY_OVERHEAD * entries - pending.currentProgress());
    }

    /** A flush from within {@link #onSent} is done by the loop that is running already. */
    private void flushNow() {
        if (flushing) {
            return;
        }
        flushing = true;
        try {
            while (flushWanted) {
                flushWanted = false;
                ByteBuf bytes = single;
                if (bytes == null) {
                    flushChannel();
                } else {
                    single = null;
                    send(bytes);
                }
            }
        } finally {
            flushing = false;
        }
    }

    private void send(ByteBuf bytes) {
        int sent = socket == null ? 0 : socket.send(bytes);
        if (sent == bytes.readableBytes()) {
            bytes.release();
            drained();
        } else {
            handOver(bytes.skipBytes(sent));
            flushChannel();
        }
    }

    private void flushChannel() {
        unflushedEntries = 0;
        channel.flush();
        flushed();
    }

    private void flushed() {
        if (unsentBytes(channel, unflushedEntries) == 0) {
            empty();
            drained();
        } else if (!drainAwaited) {
            awaitDrain();
        }
    }

    /** The next buffer may go to the socket, if there is a way. */
    private void empty() {
        if (!asked) {
            asked = true;
            socket = BareSocket.of(channel);
        }
        clear = socket != null && !closed;
    }

    /**
     * An empty buffer behind all others says when they have left. The channel counts it as pending until its listeners
     * have returned, hence the detour.
     */
    private void awaitDrain() {
        drainAwaited = true;
        unflushedEntries = 0;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(sent -> channel.eventLoop().execute(this::markerSent));
    }

    private void markerSent() {
        drainAwaited = false;
        flushed();
    }

    /** Nobody waits for what nobody saw. */
    private void drained() {
        if (backlogSeen) {
            backlogSeen = false;
            onSent.run();
        }
    }
}
