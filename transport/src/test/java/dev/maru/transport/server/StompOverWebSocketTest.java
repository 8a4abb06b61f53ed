package dev.maru.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.Engine;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.DrainPlan;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.websocket.ClientFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine behind the transport, as clients meet it. */
class StompOverWebSocketTest {
    private static final String CONNECT = "CONNECT\naccept-version:1.2,1.1,1.0\nheart-beat:0,0\n\n\0";
    private static final String SUBSCRIBE = "SUBSCRIBE\nid:s\ndestination:/topic/a\nreceipt:r\n\n\0";

    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Engine engine;
    private HttpTransportServer server;

    @BeforeEach
    void start() {
        engine = Engine.builder()
                .application(
                        frame -> engine.publish(
                                frame.destination().replaceFirst("/app", "/topic"), MessageContent.json(frame.body())),
                        "/app")
                .listener(new SessionListener() {
                    @Override
                    public void onClosed(Session session, CloseReason reason) {
                        closed.add(reason);
                    }
                })
                .build();
        server = HttpTransportServer.start(
                engine::open,
                List.of(WebSocketEndpoint.at("/ws", "/ws/chat").withSockJs()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void stop() {
        engine.close();
        server.close();
        http.close();
    }

    @Test
    void carriesAConversation() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(http, server.address(), "/ws", "v12.stomp", "v11.stomp")) {
            assertThat(client.socket().getSubprotocol()).isEqualTo("v12.stomp");
            assertThat(client.send(CONNECT).next())
                    .startsWith("text CONNECTED\n")
                    .contains("version:1.2\n");
            assertThat(client.send(SUBSCRIBE).next()).startsWith("text RECEIPT\n");

            client.send("SEND\ndestination:/topic/a\n\n안녕\0");
            assertThat(client.next())
                    .startsWith("text MESSAGE\n")
                    .contains("subscription:s\n", "content-length:6\n")
                    .endsWith("\n\n안녕\0");

            assertThat(client.send("DISCONNECT\nreceipt:bye\n\n\0").next())
                    .startsWith("text RECEIPT\n")
                    .contains("receipt-id:bye\n");
            assertThat(client.next()).isEqualTo("close 1000 disconnected");
            assertThat(closed.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.DISCONNECTED);
        }
    }

    @Test
    void sendsBytesThatAreNoTextInABinaryMessage() throws Exception {
        try (WebSocketClient client = connected("/ws")) {
            client.send(SUBSCRIBE).next();
            byte[] frame = "SEND\ndestination:/topic/a\ncontent-length:3\n\n\0\0\0\0".getBytes(StandardCharsets.UTF_8);
            frame[frame.length - 4] = (byte) 0xFF;
            frame[frame.length - 2] = (byte) 0xFE;
            client.socket().sendBinary(ByteBuffer.wrap(frame), true).join();

            assertThat(client.next()).startsWith("binary MESSAGE\n").endsWith("\n\n\u00ff\0\u00fe\0");
        }
    }

    @Test
    void understandsAConversationThatIsCutAnywhere() throws Exception {
        byte[] conversation =
                (CONNECT + SUBSCRIBE + "\nSEND\ndestination:/topic/a\n\n하나\0").getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < conversation.length; cut++) {
            byte[] head = Arrays.copyOf(conversation, cut);
            byte[] tail = Arrays.copyOfRange(conversation, cut, conversation.length);
            understands(ClientFrame.binary(head), ClientFrame.binary(tail));
            understands(ClientFrame.of(0x01, head), ClientFrame.ping(""), ClientFrame.of(0x80, tail));
        }
    }

    private void understands(ClientFrame... frames) throws IOException {
        try (RawClient client = RawClient.open(server.address(), "/ws")) {
            client.send(frames);
            StringBuilder heard = new StringBuilder();
            for (String frame = client.frame(); ; frame = client.frame()) {
                heard.append(frame.startsWith("pong") ? "" : frame.split("\n", 2)[0] + " ");
                if (frame.startsWith("text MESSAGE")) {
                    assertThat(frame).endsWith("하나\0");
                    break;
                }
            }
            assertThat(heard).hasToString("text CONNECTED text RECEIPT text MESSAGE ");
        }
    }

    @Test
    void tellsWhatIsWrongBeforeItCloses() throws Exception {
        try (WebSocketClient client = connected("/ws")) {
            client.send("SUBSCRIBE\nid:s\nreceipt:r\n\n\0");

            assertThat(client.next()).startsWith("text ERROR\n").contains("receipt-id:r\n", "message:missing-header\n");
            assertThat(client.next()).isEqualTo("close 1002 protocol-fault");
            assertThat(closed.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.PROTOCOL_FAULT);
        }
    }

    @Test
    void tellsThatAFrameIsTooLarge() throws Exception {
        try (WebSocketClient client = connected("/ws")) {
            client.send("SEND\ndestination:/topic/a\n\n" + "x".repeat(300_000) + "\0");

            assertThat(client.next()).startsWith("text ERROR\n").contains("message:frame-too-large\n", "code:4002\n");
            assertThat(client.next()).isEqualTo("close 1002 protocol-fault");
        }
        try (RawClient client = RawClient.open(server.address(), "/ws")) {
            client.send(ClientFrame.text("x".repeat(600_000)));

            assertThat(client.frame()).startsWith("text ERROR\n").contains("message:frame-too-large\n");
            assertThat(client.frame()).isEqualTo("close 1009 protocol-fault");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\nreceipt:r-7\ndestination:/topic/a\ncontent-length:300000\n\n",
                "SEND\nreceipt:r-7\ndestination:/topic/a\ncontent-length:1\n\nab\0",
                "SEND\nreceipt:r-7\nno colon\n\n\0"
            })
    void namesTheReceiptOfAFrameThatBrokeOff(String frame) throws Exception {
        try (WebSocketClient client = connected("/ws")) {
            client.send(frame);

            assertThat(client.next()).startsWith("text ERROR\n").contains("receipt-id:r-7\n");
            assertThat(client.next()).isEqualTo("close 1002 protocol-fault");
        }
    }

    @Test
    void answersWhatTheTutorialsPageSendsInOneBreath() throws Exception {
        try (WebSocketClient client = WebSocketClient.open(http, server.address(), "/ws/123/abcdefgh/websocket")) {
            assertThat(client.next()).isEqualTo("text o");
            client.send("[\"CONNECT\\naccept-version:1.1,1.0\\nheart-beat:10000,10000\\n\\n\\u0000\"]");
            assertThat(client.next())
                    .startsWith("text a[\"CONNECTED\\n")
                    .contains("version:1.1\\n")
                    .endsWith("\\u0000\"]");

            client.send("[\"SUBSCRIBE\\nid:sub-0\\ndestination:/topic/chat/addUser\\n\\n\\u0000\"]");
            client.send("[\"SEND\\ndestination:/app/chat/addUser\\ncontent-length:33\\n\\n"
                    + "{\\\"type\\\":\\\"JOIN\\\",\\\"sender\\\":\\\"민수\\\"}\\u0000\"]");
            client.send("[\"\\n\"]");
            assertThat(client.next())
                    .startsWith("text a[\"MESSAGE\\n")
                    .contains("subscription:sub-0\\n")
                    .endsWith("\\n\\n{\\\"type\\\":\\\"JOIN\\\",\\\"sender\\\":\\\"민수\\\"}\\u0000\"]");
            client.socket().sendClose(1000, "").join();
            assertThat(closed.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.CLIENT_CLOSED);
        }
    }

    @Test
    void keepsTheOrderOfManyMessagesSentAtOnce() throws Exception {
        try (WebSocketClient client = connected("/ws")) {
            client.send(SUBSCRIBE).next();
            StringBuilder burst = new StringBuilder();
            for (int i = 0; i < 2_000; i++) {
                burst.append("SEND\ndestination:/app/a\n\n").append(i).append('\0');
            }
            client.send(burst.toString());

            for (int i = 0; i < 2_000; i++) {
                assertThat(client.next()).endsWith("\n\n" + i + "\0");
            }
        }
    }

    @Test
    void dropsAReaderThatIsTooSlowAndNobodyElse() throws Exception {
        try (RawClient slow = RawClient.open(server.address(), "/ws");
                WebSocketClient fast = connected("/ws")) {
            slow.send(ClientFrame.text(CONNECT), ClientFrame.text(SUBSCRIBE));
            assertThat(slow.frame()).startsWith("text CONNECTED");
            assertThat(slow.frame()).startsWith("text RECEIPT");
            fast.send(SUBSCRIBE).next();

            byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            CloseReason reason = null;
            for (int i = 0; i < 2_000 && reason == null; i++) {
                engine.publish("/topic/a", MessageContent.bytes(body));
                assertThat(fast.next()).startsWith("text MESSAGE");
                reason = closed.poll();
            }
            assertThat(reason).isEqualTo(CloseReason.SLOW_CONSUMER);
            engine.publish("/topic/a", MessageContent.bytes(body));
            assertThat(fast.next()).startsWith("text MESSAGE");
        }
    }

    @Test
    void tellsClientsThatTheServerGoesDown() throws Exception {
        try (WebSocketClient client = connected("/ws")) {
            engine.close();
            assertThat(client.next()).isEqualTo("close 1012 server-shutdown");
        }
        try (WebSocketClient late = WebSocketClient.open(http, server.address(), "/ws")) {
            assertThat(late.next()).matches("close 1012 server-shutdown; reconnect-delay=\\d+");
        }
    }

    @Test
    void tellsClientsWhenToComeBack() throws Exception {
        try (WebSocketClient client = connected("/ws")) {
            engine.drain(DrainPlan.DEFAULT);
            assertThat(client.next()).matches("close 1012 server-shutdown; reconnect-delay=\\d+");
        }
    }

    private WebSocketClient connected(String path) throws InterruptedException {
        WebSocketClient client = WebSocketClient.open(http, server.address(), path);
        assertThat(client.send(CONNECT).next()).startsWith("text CONNECTED\n");
        return client;
    }
}
