package dev.maru.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Against sockets, because only they fill up. */
class SocketWriterTest {
    private static final int BUFFERS = 1000;
    private static final int BUFFER_BYTES = 10_001;

    @Test
    void countsUnsentBytesExactlyOnEpoll() throws Exception {
        assertThat(Epoll.isAvailable()).isTrue();
        countsUnsentBytesExactly(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
    }

    @Test
    void countsUnsentBytesExactlyOnNio() throws Exception {
        countsUnsentBytesExactly(NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    private static void countsUnsentBytesExactly(IoHandlerFactory handlers, Class<? extends ServerChannel> type)
            throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handlers);
        Writers writers = new Writers();
        try (Socket client = new Socket()) {
            Channel server = listen(group, type, writers);
            client.setReceiveBufferSize(20_000);
            client.connect(server.localAddress());
            Slow slow = writers.opened.take();

            long total = 0;
            for (int i = 0; i < BUFFERS; i++) {
                slow.on(() -> slow.write(BUFFER_BYTES));
                total += BUFFER_BYTES;
                assertThat(slow.on(slow.writer::unsentBytes)).isEqualTo(total);
            }
            slow.on(slow::flush);
            long left = slow.on(slow.writer::unsentBytes);
            assertThat(left).isPositive().isLessThan(total).isEqualTo(slow.on(slow::pendingBytes));

            slow.on(() -> slow.write(7));
            total += 7;
            assertThat(slow.on(slow.writer::unsentBytes)).isEqualTo(left + 7);
            assertThat(slow.sent).hasValue(0);

            long partly = 0;
            while (partly < total / 2) {
                partly += client.getInputStream().readNBytes(50_000).length;
                assertThat(slow.on(() -> slow.writer.unsentBytes() - slow.pendingBytes()))
                        .isBetween(0L, 7L);
            }
            slow.on(slow::flush);
            assertThat(partly + client.getInputStream().readNBytes((int) (total - partly)).length)
                    .isEqualTo(total);
            await().untilAsserted(() -> assertThat(slow.leastAtSent).hasValue(0));
            assertThat(slow.on(slow.writer::unsentBytes)).isZero();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void keepsTheOrderPastThePipelineAndThroughIt() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Writers writers = new Writers();
        try (Socket client = new Socket()) {
            Channel server = listen(group, EpollServerSocketChannel.class, writers);
            client.setReceiveBufferSize(20_000);
            client.connect(server.localAddress());
            Slow slow = writers.opened.take();
            Random random = new Random(20261122);
            int total = 0;
            int read = 0;
            for (int round = 0; round < 500; round++) {
                int buffers = 1 + random.nextInt(3);
                int size = 1 + random.nextInt(round % 50 == 0 ? 50_000 : 200);
                int from = total;
                slow.on(() -> slow.writeNumbered(from, buffers, size));
                total += buffers * size;
                while (read < total && (client.getInputStream().available() > 0 || total - read > 1_000_000)) {
                    assertThat(client.getInputStream().read()).isEqualTo(read++ & 0x7f);
                }
            }
            while (read < total) {
                assertThat(client.getInputStream().read()).isEqualTo(read++ & 0x7f);
            }
            await().until(() -> slow.on(slow.writer::unsentBytes) == 0);
            assertThat(slow.kept).allMatch(bytes -> bytes.refCnt() == 0);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void releasesWhatNeverLeaves() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Writers writers = new Writers();
        try (Socket client = new Socket()) {
            client.connect(
                    listen(group, EpollServerSocketChannel.class, writers).localAddress());
            Slow slow = writers.opened.take();
            slow.on(() -> slow.writeNumbered(0, 2, 10));
            slow.on(() -> {
                slow.writer.write(slow.numbered(0, 10));
                return 0L;
            });
            assertThat(slow.on(slow.writer::unsentBytes)).isEqualTo(10);
            slow.channel.close().sync();
            slow.on(() -> slow.writeNumbered(0, 1, 10));
            assertThat(slow.kept).hasSize(4).allMatch(bytes -> bytes.refCnt() == 0);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static Channel listen(EventLoopGroup group, Class<? extends ServerChannel> type, Writers writers)
            throws InterruptedException {
        return new ServerBootstrap()
                .group(group)
                .channel(type)
                .childHandler(writers)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    /** Safe for any thread. */
    private static final class Writers extends ChannelInitializer<Channel> {
        private final BlockingQueue<Slow> opened = new LinkedBlockingQueue<>();

        @Override
        protected void initChannel(Channel channel) {
            Slow slow = new Slow(channel);
            channel.pipeline().addLast(slow);
            opened.add(slow);
        }
    }

    /** Confined to its channel's event loop, but for what it counts. */
    private static final class Slow extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private final SocketWriter writer;
        private final List<ByteBuf> kept = new CopyOnWriteArrayList<>();
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicLong leastAtSent = new AtomicLong(Long.MAX_VALUE);

        private Slow(Channel channel) {
            this.channel = channel;
            this.writer = new SocketWriter(channel, this::sent);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            writer.writabilityChanged();
        }

        private void sent() {
            sent.incrementAndGet();
            leastAtSent.set(writer.unsentBytes());
        }

        private long write(int bytes) {
            writer.write(Unpooled.wrappedBuffer(new byte[bytes]));
            return 0;
        }

        /** Direct buffers whose bytes count on from this number, each as large; then a flush. */
        private long writeNumbered(int from, int buffers, int size) {
            for (int i = 0; i < buffers; i++) {
                writer.write(numbered(from + i * size, size));
            }
            writer.flush();
            return 0;
        }

        private ByteBuf numbered(int from, int size) {
            ByteBuf bytes = channel.alloc().directBuffer(size);
            for (int i = 0; i < size; i++) {
                bytes.writeByte(from + i & 0x7f);
            }
            kept.add(bytes);
            return bytes;
        }

        private long flush() {
            writer.flush();
            return 0;
        }

        /** What lies in the channel, buffer by buffer. */
        private long pendingBytes() throws Exception {
            AtomicLong bytes = new AtomicLong();
            channel.unsafe().outboundBuffer().forEachFlushedMessage(message -> {
                bytes.addAndGet(((ByteBuf) message).readableBytes());
                return true;
            });
            return bytes.get();
        }

        private long on(Callable<Long> action) throws Exception {
            return channel.eventLoop().submit(action).get(10, TimeUnit.SECONDS);
        }
    }
}
