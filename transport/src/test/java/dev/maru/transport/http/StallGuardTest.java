package dev.maru.transport.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StallGuardTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int MORE_THAN_SOCKETS_HOLD = 16 * 1024 * 1024;
    private static final int SMALL_BUFFER = 4096;
    private static final int SIP = 2048;

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private EventLoopGroup group;

    @BeforeEach
    void open() {
        assumeTrue(Epoll.isAvailable(), "only there the system says what it sends");
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterEach
    void close() {
        if (group != null) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    void bearsAClientThatReadsSlowlyAndCutsOneThatStops() throws Exception {
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(SMALL_BUFFER);
            client.connect(listen());
            Channel channel = accepted.poll(5, TimeUnit.SECONDS);
            InputStream in = client.getInputStream();

            await().pollInterval(Duration.ofMillis(50))
                    .during(PATIENCE.multipliedBy(6))
                    .atMost(PATIENCE.multipliedBy(20))
                    .until(() -> readsOn(in) && channel.isActive());
            await().until(() -> !channel.isActive());
        }
    }

    private InetSocketAddress listen() {
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new StallGuard(PATIENCE));
                        channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[MORE_THAN_SOCKETS_HOLD]));
                        accepted.add(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return (InetSocketAddress) server.localAddress();
    }

    private static boolean readsOn(InputStream in) throws IOException {
        return in.read(new byte[SIP]) > 0;
    }
}
