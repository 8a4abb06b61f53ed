package dev.maru.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One client in one room: shakes hands, opens, and reads frames where they lie, copying only what a read cut in two.
 * Any fault ends the run.
 *
 * <p>Confined to the generator's event loop.
 */
final class Member extends ChannelInboundHandlerAdapter {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;

    final Room room;
    private final Wire wire;
    private final Load load;
    private @Nullable ChannelHandlerContext context;
    private ByteBuf kept = Unpooled.EMPTY_BUFFER;
    private boolean open;
    private boolean live;
    private long place;

    Member(Room room, Wire wire, Load load) {
        this.room = room;
        this.wire = wire;
        this.load = load;
    }

    /** Whether it has got a probe, so that it is surely subscribed. */
    boolean live() {
        return live;
    }

    /** Sends one text message. */
    void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ChannelHandlerContext to = connected();
        ByteBuf frame = to.alloc().ioBuffer(bytes.length + 8);
        frame.writeByte(0x80 | TEXT);
        if (bytes.length < 126) {
            frame.writeByte(0x80 | bytes.length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(bytes.length);
        }
        frame.writeInt(0).writeBytes(bytes);
        to.writeAndFlush(frame, to.voidPromise());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        String protocol = wire.subProtocol().isEmpty() ? "" : "Sec-WebSocket-Protocol: " + wire.subProtocol() + "\r\n";
        String request = "GET " + wire.path(room.number) + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + protocol + "\r\n";
        ctx.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII), ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (kept.isReadable()) {
            in = ctx.alloc()
                    .buffer(kept.readableBytes() + in.readableBytes())
                    .writeBytes(kept)
                    .writeBytes(in);
            kept.release();
            ((ByteBuf) message).release();
        }
        if (!open) {
            shakeHands(in);
        }
        long now = System.nanoTime();
        while (open && readFrame(in, now)) {}
        kept = in.isReadable() ? in.copy() : Unpooled.EMPTY_BUFFER;
        in.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        load.failed(new IllegalStateException("the server closed a connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        load.failed(cause);
    }

    private void shakeHands(ByteBuf in) {
        int end = indexOf(in, END_OF_HEAD);
        if (end < 0) {
            return;
        }
        String head = in.readCharSequence(end, StandardCharsets.ISO_8859_1).toString();
        in.skipBytes(END_OF_HEAD.length);
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IllegalStateException(
                    "the handshake was refused: " + head.lines().findFirst());
        }
        open = true;
        for (String text : wire.opening(room.number)) {
            send(text);
        }
        load.opened();
    }

    private boolean readFrame(ByteBuf in, long now) {
        int start = in.readerIndex();
        int readable = in.readableBytes();
        if (readable < 2) {
            return false;
        }
        int size = in.getByte(start + 1) & 0x7f;
        int head = size < 126 ? 2 : size == 126 ? 4 : 10;
        if (readable < head) {
            return false;
        }
        size = size < 126 ? size : size == 126 ? in.getUnsignedShort(start + 2) : (int) in.getLong(start + 2);
        if (readable < head + size) {
            return false;
        }
        in.skipBytes(head + size);
        onFrame(in, in.getByte(start) & 0xf, start + head, size, now);
        return true;
    }

    private void onFrame(ByteBuf in, int opcode, int at, int size, long now) {
        switch (opcode) {
            case TEXT, BINARY -> onMessage(in, at, size, now);
            case PING ->
                connected().writeAndFlush(pong(in, at, size), connected().voidPromise());
            case CLOSE ->
                throw new IllegalStateException("closed: " + in.toString(at, size, StandardCharsets.ISO_8859_1));
            default -> throw new IllegalStateException("a frame of opcode " + opcode);
        }
    }

    /** A message may hold several frames of STOMP. */
    private void onMessage(ByteBuf in, int at, int size, long now) {
        int end = at + size;
        int mark = in.indexOf(at, end, Payload.MARK);
        if (mark < 0) {
            onOther(in, at, size);
        }
        while (mark >= 0) {
            if (in.getByte(mark + 1) == Probe.LETTER) {
                live = true;
            } else {
                room.received(place++, in, mark, now);
            }
            mark = in.indexOf(mark + 1, end, Payload.MARK);
        }
    }

    private void onOther(ByteBuf in, int at, int size) {
        if (size > 5 && in.getByte(at) == 'E' && in.getByte(at + 1) == 'R') {
            throw new IllegalStateException(in.toString(at, size, StandardCharsets.UTF_8));
        }
        if (size > 7 && in.getByte(at) == 'R' && in.getByte(at + 3) == 'E') {
            load.receipted();
        }
        String answer = size == 0 ? "" : wire.answer(in.getByte(at), size);
        if (!answer.isEmpty()) {
            send(answer);
        }
    }

    private static ByteBuf pong(ByteBuf in, int at, int size) {
        return Unpooled.buffer(6 + size)
                .writeByte(0x8a)
                .writeByte(0x80 | size)
                .writeInt(0)
                .writeBytes(in, at, size);
    }

    private ChannelHandlerContext connected() {
        if (context == null) {
            throw new IllegalStateException("not connected");
        }
        return context;
    }

    private static int indexOf(ByteBuf in, byte[] what) {
        int found = io.netty.buffer.ByteBufUtil.indexOf(Unpooled.wrappedBuffer(what), in);
        return found < 0 ? found : found - in.readerIndex();
    }
}
