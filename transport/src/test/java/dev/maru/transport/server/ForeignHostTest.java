package dev.maru.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.http.WebSocketTransport;
import dev.maru.transport.tls.TestKeys;
import dev.maru.transport.websocket.ClientFrame;
import dev.maru.transport.websocket.RecordingSession;
import dev.maru.transport.websocket.RecordingSessions;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a pipeline of somebody else's, who reads on demand. */
class ForeignHostTest {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final RecordingSessions sessions = new RecordingSessions();
    private final WebSocketTransport transport = new WebSocketTransport(
            TransportSettings.of(sessions, WebSocketEndpoint.at("/ws").withSockJs()));

    @AfterEach
    void stop() throws InterruptedException {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    @Test
    void sharesAConnectionWithTheHost() throws Exception {
        try (RawClient client = new RawClient(host(null))) {
            assertThat(client.request("GET /api HTTP/1.1").response().body()).isEqualTo("host");
            assertThat(client.request("GET /ws HTTP/1.1").response().body()).isEqualTo("Welcome to SockJS!\n");
            assertThat(client.request("GET /api HTTP/1.1").response().body()).isEqualTo("host");
            assertThat(client.handshake("/ws").response().status()).isEqualTo(101);
            client.send(ClientFrame.text("SEND\n\nhello\0"));
            sessions.next().awaitHeard("SEND hello");
        }
    }

    @Test
    void speaksThroughTheHostsTls(@TempDir Path folder) throws Exception {
        TestKeys keys = TestKeys.make(folder);
        try (HttpClient http =
                        HttpClient.newBuilder().sslContext(keys.trusting()).build();
                WebSocketClient client =
                        WebSocketClient.openSecure(http, host(keys.serving()), "/ws/000/abc/websocket")) {
            assertThat(client.next()).isEqualTo("text o");
            RecordingSession session = sessions.next();
            client.send("\"SEND\\n\\nhello\\u0000\"");
            session.awaitHeard("SEND hello");
            session.run(() -> {
                for (int i = 0; i < 50; i++) {
                    session.message("x".repeat(10_000));
                }
                session.connection().flush();
            });
            for (int i = 0; i < 50; i++) {
                assertThat(client.next()).startsWith("text a[\"MESSAGE");
            }
            client.socket().sendClose(1000, "").join();
            session.awaitHeard("SEND hello", "closed CLIENT_CLOSED");
        }
    }

    @Test
    void knowsItsOwnOriginBehindTheHostsTls(@TempDir Path folder) throws Exception {
        TestKeys keys = TestKeys.make(folder);
        InetSocketAddress address = host(keys.serving());
        assertThat(statusFrom("https://localhost:8080", address, keys)).isEqualTo(101);
        assertThat(statusFrom("http://localhost:8080", address, keys)).isEqualTo(403);
    }

    private static int statusFrom(String origin, InetSocketAddress address, TestKeys keys) throws Exception {
        try (RawClient client = new RawClient(
                keys.trusting().getSocketFactory().createSocket(address.getAddress(), address.getPort()))) {
            return client.handshake("/ws", "Origin: " + origin).response().status();
        }
    }

    private InetSocketAddress host(@Nullable SslContext tls) throws InterruptedException {
        Channel channel = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        if (tls != null) {
                            connection.pipeline().addLast(tls.newHandler(connection.alloc()));
                        }
                        connection
                                .pipeline()
                                .addLast(new HttpServerCodec(), transport.newHandler(), new OnDemandHost());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        return (InetSocketAddress) channel.localAddress();
    }

    /** Confined to its channel's event loop. */
    private static final class OnDemandHost extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.read();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof LastHttpContent) {
                DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        Unpooled.copiedBuffer("host", StandardCharsets.US_ASCII));
                response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 4);
                ctx.channel().writeAndFlush(response);
                ctx.read();
            }
            ReferenceCountUtil.release(message);
        }
    }
}
