package dev.maru.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.transport.websocket.ClientFrame;
import dev.maru.transport.websocket.RecordingSession;
import dev.maru.transport.websocket.RecordingSessions;
import dev.maru.transport.websocket.WebSocketConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpUpgradeHandlerTest {
    private static final String HANDSHAKE = "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final RecordingSessions sessions = new RecordingSessions();
    private final TransportSettings settings = TransportSettings.of(
                    sessions, WebSocketEndpoint.at("/ws").withSockJs())
            .withConnectionsPerAddress(2);
    private final WebSocketTransport transport = new WebSocketTransport(settings);
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final Host host = new Host();

    @AfterEach
    void closeChannels() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void leavesNothingButItsOwnHandlerBehind() throws Exception {
        EmbeddedChannel channel = channel(transport);
        channel.config().setAutoRead(false);
        receive(channel, HANDSHAKE);

        assertThat(sent(channel)).startsWith("HTTP/1.1 101 ");
        assertThat(handlers(channel)).singleElement().isInstanceOf(WebSocketConnection.class);
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(host.requests).isEmpty();
        assertThat(sessions.waiting()).isEqualTo(1);
    }

    @Test
    void readsFramesThatCameInOneBufferWithTheHandshake() throws Exception {
        EmbeddedChannel channel = channel(transport);
        ByteBuf bytes = Unpooled.buffer();
        bytes.writeCharSequence(HANDSHAKE, StandardCharsets.US_ASCII);
        bytes.writeBytes(ClientFrame.text("SEND\n\neager\0").bytes());
        bytes.writeBytes(ClientFrame.ping("too").bytes());
        channel.writeInbound(bytes);

        RecordingSession session = sessions.next();
        assertThat(session.heard()).containsExactly("SEND eager");
        assertThat(sent(channel)).startsWith("HTTP/1.1 101 ");
        assertThat(host.messages).isZero();
    }

    @Test
    void passesEverythingElseOnUntouched() {
        EmbeddedChannel channel = channel(transport);
        receive(channel, "POST /api/rooms HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(host.requests).containsExactly("/api/rooms");
        assertThat(host.messages).isEqualTo(2);
        assertThat(sent(channel)).isEmpty();
    }

    @Test
    void leavesRequestsBehindUnansweredOnesToTheHostSoThatAnswersKeepTheirOrder() {
        EmbeddedChannel channel = channel(transport);
        receive(channel, "GET /api/rooms HTTP/1.1\r\nHost: a\r\n\r\nGET /ws/info HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(host.requests).containsExactly("/api/rooms", "/ws/info");

        host.answer(channel, HttpResponseStatus.CONTINUE);
        host.answer(channel, HttpResponseStatus.OK);
        receive(channel, "GET /ws/info HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(host.requests).hasSize(3);

        host.answer(channel, HttpResponseStatus.OK);
        host.answer(channel, HttpResponseStatus.OK);
        receive(channel, "GET /ws/info HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(host.requests).hasSize(3);
        assertThat(sent(channel)).contains("entropy");
    }

    @Test
    void leavesWhenTheHostSwitchesProtocolsItself() {
        EmbeddedChannel channel = channel(transport);
        receive(channel, "GET /other HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        host.answer(channel, HttpResponseStatus.SWITCHING_PROTOCOLS);

        assertThat(handlers(channel)).noneMatch(HttpUpgradeHandler.class::isInstance);
        assertThat(sent(channel)).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void limitsTheConnectionsOfAnAddress() {
        EmbeddedChannel first = channel(transport);
        receive(first, HANDSHAKE);
        EmbeddedChannel second = channel(transport);
        receive(second, HANDSHAKE);
        EmbeddedChannel third = channel(transport);
        receive(third, HANDSHAKE);

        assertThat(sent(third)).startsWith("HTTP/1.1 429 ");
        assertThat(third.isActive()).isFalse();

        first.close();
        EmbeddedChannel fourth = channel(transport);
        receive(fourth, HANDSHAKE);
        assertThat(sent(fourth)).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void countsTheConnectionsOfAnIpv6NetworkAsOneClients() {
        String[] clients = {"2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:aaaa:bbbb:cccc:dddd"};
        String last = "";
        for (String client : clients) {
            EmbeddedChannel channel = channel(transport, new InetSocketAddress(client, 1));
            receive(channel, HANDSHAKE);
            last = sent(channel);
        }
        assertThat(last).startsWith("HTTP/1.1 429 ");

        EmbeddedChannel elsewhere = channel(transport, new InetSocketAddress("2001:db8:1:3::1", 1));
        receive(elsewhere, HANDSHAKE);
        assertThat(sent(elsewhere)).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void countsNoConnectionsFromLoopback() {
        for (int i = 0; i < 5; i++) {
            EmbeddedChannel channel = channel(transport, new InetSocketAddress("127.0.0.1", 1));
            receive(channel, HANDSHAKE);
            assertThat(sent(channel)).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void refusesWhenTheServerIsGoingDown() {
        transport.stopAccepting();
        EmbeddedChannel channel = channel(transport);
        receive(channel, HANDSHAKE);

        assertThat(sent(channel)).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void doesNothingForAClientThatLeftBeforeThePolicyAnswered() {
        CompletableFuture<HandshakeDecision> answer = new CompletableFuture<>();
        EmbeddedChannel channel = channel(new WebSocketTransport(settings.withPolicy(handshake -> answer)));
        receive(channel, HANDSHAKE);
        channel.close();
        answer.complete(HandshakeDecision.ACCEPT);
        channel.runPendingTasks();

        assertThat(sessions.waiting()).isZero();
        assertThat(sent(channel)).isEmpty();
    }

    @Test
    void takesNoSecondRequestWhileItDecides() {
        EmbeddedChannel channel =
                channel(new WebSocketTransport(settings.withPolicy(handshake -> new CompletableFuture<>())));
        receive(channel, HANDSHAKE + HANDSHAKE);

        assertThat(channel.isActive()).isFalse();
        assertThat(host.requests).isEmpty();
    }

    @Test
    void readsWithTheHostsBuffersUntilTheHandshakeAndWithSmallOnesAfterIt() {
        EmbeddedChannel channel = channel(transport);
        ReceiveBuffers buffers = (ReceiveBuffers) channel.config().getRecvByteBufAllocator();
        var handle = buffers.newHandle();
        handle.reset(channel.config());
        assertThat(handle.guess()).isNotEqualTo(4096);
        receive(channel, HANDSHAKE);

        ByteBuf buffer = handle.allocate(channel.alloc());
        assertThat(buffer.maxCapacity()).isEqualTo(4096);
        assertThat(handle.guess()).isEqualTo(4096);
        buffer.release();
    }

    private EmbeddedChannel channel(WebSocketTransport with) {
        return channel(with, new InetSocketAddress("192.0.2.1", 1));
    }

    private EmbeddedChannel channel(WebSocketTransport with, SocketAddress remote) {
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return remote;
            }
        };
        channel.pipeline()
                .addLast(new ChannelInboundHandlerAdapter(), new HttpServerCodec(), with.newHandler(), host)
                .addLast("another of the host's", new ChannelInboundHandlerAdapter());
        channels.add(channel);
        return channel;
    }

    private static void receive(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        channel.runPendingTasks();
    }

    private static List<ChannelHandler> handlers(EmbeddedChannel channel) {
        List<ChannelHandler> handlers =
                new ArrayList<>(channel.pipeline().toMap().values());
        handlers.removeIf(handler -> handler.getClass().getName().contains("EmbeddedChannel"));
        return handlers;
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            text.append(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }
        return text.toString();
    }

    /** Answers when the test wants it to. */
    @ChannelHandler.Sharable
    private static final class Host extends ChannelInboundHandlerAdapter {
        private final List<String> requests = new ArrayList<>();
        private int messages;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            messages++;
            if (message instanceof HttpRequest request) {
                requests.add(request.uri());
            } else {
                assertThat(message).isInstanceOf(LastHttpContent.class);
            }
            ReferenceCountUtil.release(message);
        }

        void answer(EmbeddedChannel channel, HttpResponseStatus status) {
            channel.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER));
        }
    }
}
