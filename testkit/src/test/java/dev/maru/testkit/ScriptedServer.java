package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket server for one client that writes down what it gets and says what a test tells it.
 *
 * <p>Safe for any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a test sees what does not arrive
final class ScriptedServer implements AutoCloseable {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<String> got = new LinkedBlockingQueue<>();
    private final BlockingQueue<Channel> clients = new LinkedBlockingQueue<>();
    private final Channel listening;
    private final String path;
    private volatile String greeting = "";

    ScriptedServer(String path) {
        this.path = path;
        listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(10_000),
                                        new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                                                .websocketPath(path)
                                                .checkStartsWith(true)
                                                .subprotocols("v12.stomp")
                                                .handleCloseFrames(false)
                                                .sendCloseFrame(null)
                                                .build()),
                                        new Refuser(),
                                        new Recorder());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort() + path);
    }

    /** The next thing that the client did: a message's text, {@code handshake …}, {@code close …} or {@code gone}. */
    String next() throws InterruptedException {
        return String.valueOf(got.poll(10, TimeUnit.SECONDS));
    }

    void say(String text) {
        write(new TextWebSocketFrame(text));
    }

    void sayBinary(String bytes) {
        write(new BinaryWebSocketFrame(Unpooled.copiedBuffer(bytes, UTF_8)));
    }

    void sayInPieces(String first, String second) {
        write(new TextWebSocketFrame(false, 0, first));
        write(new ContinuationWebSocketFrame(true, 0, second));
    }

    void sayClose(int code, String reason) {
        write(new CloseWebSocketFrame(code, reason));
    }

    /** Says this to every client that comes. */
    void greetWith(String text) {
        greeting = text;
    }

    /** Speaks to the next client that comes. */
    void forget() {
        clients.clear();
    }

    void cut() {
        clients.element().close();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void write(WebSocketFrame frame) {
        clients.element().writeAndFlush(frame);
    }

    private static final class Refuser extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
            response.headers().set("content-length", 0);
            context.writeAndFlush(response);
        }
    }

    private final class Recorder extends SimpleChannelInboundHandler<WebSocketFrame> {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof HandshakeComplete handshake) {
                clients.add(context.channel());
                got.add("handshake " + handshake.requestUri() + " "
                        + handshake.requestHeaders().get("origin"));
                if (!handshake.requestUri().equals(path)) {
                    say("o");
                }
                if (!greeting.isEmpty()) {
                    say(greeting);
                }
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof CloseWebSocketFrame close) {
                got.add("close " + close.statusCode() + " " + close.reasonText());
                context.writeAndFlush(close.retain());
            } else {
                got.add(frame.content().toString(UTF_8));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            got.add("gone");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
