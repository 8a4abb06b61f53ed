package dev.maru.transport.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.websocket.ClientFrame;
import dev.maru.transport.websocket.Deflated;
import dev.maru.transport.websocket.RecordingSessions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692 against an echo over real sockets. Each test is listed in docs/websocket-conformance.md. */
class WebSocketDeflateTest {
    private static final int LIMIT = 1024 * 1024;
    private static final int DEFLATED_TEXT = 0xC1;
    private static final int DEFLATED_BYTES = 0xC2;

    private static final RecordingSessions SESSIONS = new RecordingSessions();
    private static HttpTransportServer server;
    private RawClient client;

    @BeforeAll
    static void start() {
        TransportSettings settings = TransportSettings.of(
                        SESSIONS,
                        WebSocketEndpoint.at("/stomp").withLimits(StompLimits.DEFAULT, LIMIT),
                        WebSocketEndpoint.at("/echo")
                                .withLimits(StompLimits.DEFAULT, LIMIT)
                                .withConversations((peer, handshake) -> new EchoConversation(peer)))
                .withCompressionThreshold(64);
        server = HttpTransportServer.start(settings, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        client = open("/echo", "permessage-deflate");
    }

    @AfterEach
    void leave() throws IOException {
        client.close();
    }

    @Test
    void agreesToKeepNothingBetweenMessages() throws IOException {
        assertThat(answerTo("permessage-deflate; client_max_window_bits"))
                .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
        assertThat(answerTo("permessage-deflate; server_max_window_bits=9"))
                .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
                        + " server_max_window_bits=9");
        assertThat(answerTo("permessage-deflate; unknown")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 63, 64, 1024, 8192, 65_536, LIMIT})
    void echoesCompressedMessagesOfEverySize(int size) throws IOException {
        String text = "안*".repeat(size / 4) + "x".repeat(size % 4);
        client.send(deflatedText(text), ClientFrame.of(DEFLATED_BYTES, Deflated.deflate(new byte[size])));
        assertThat(client.frame()).isEqualTo((size < 64 ? "text " : "deflated text ") + text);
        assertThat(client.frame()).isEqualTo((size < 64 ? "binary " : "deflated binary ") + "\u0000".repeat(size));
    }

    @Test
    void echoesCompressedMessagesInFragmentsWithPlainControlFramesBetween() throws IOException {
        byte[] deflated = Deflated.deflate("한국어 ".repeat(1000).getBytes(UTF_8));
        client.send(
                ClientFrame.of(0x41, Arrays.copyOf(deflated, 5)),
                ClientFrame.ping("between"),
                ClientFrame.of(0, Arrays.copyOfRange(deflated, 5, 9)),
                ClientFrame.of(0x80, Arrays.copyOfRange(deflated, 9, deflated.length)));
        assertThat(client.frame()).isEqualTo("pong between");
        assertThat(client.frame()).isEqualTo("deflated text " + "한국어 ".repeat(1000));
    }

    @Test
    void takesPlainMessagesBetweenCompressedOnes() throws IOException {
        client.send(deflatedText("one"), ClientFrame.text("two"), deflatedText("three"));
        assertThat(client.frame()).isEqualTo("text one");
        assertThat(client.frame()).isEqualTo("text two");
        assertThat(client.frame()).isEqualTo("text three");
    }

    @Test
    void sendsUncompressedWhatCompressionWouldNotShorten() throws IOException {
        byte[] noise = new byte[1000];
        new java.util.Random(1).nextBytes(noise);
        client.send(ClientFrame.binary(noise));
        assertThat(client.frame()).startsWith("binary ");
    }

    @Test
    void compressesNothingForAClientWithASmallerWindow() throws IOException {
        client.close();
        client = open("/echo", "permessage-deflate; server_max_window_bits=9");
        client.send(deflatedText("a".repeat(5000)));
        assertThat(client.frame()).isEqualTo("text " + "a".repeat(5000));
    }

    @Test
    void readsTheExamplesOfTheSpecification() throws IOException {
        for (String hello :
                new String[] {"f248cdc9c90700", "000500faff48656c6c6f00", "f348cdc9c90700", "f24805000000ffffcac9c90700"
                }) {
            client.send(ClientFrame.of(DEFLATED_TEXT, HexFormat.of().parseHex(hello)));
            assertThat(client.frame()).isEqualTo("text Hello");
        }
        client.send(ClientFrame.of(DEFLATED_TEXT, Deflated.deflateToTheEnd("Hello".getBytes(UTF_8))));
        assertThat(client.frame()).isEqualTo("text Hello");
    }

    @Test
    void refusesTheCompressedBitWhereItHasNoBusiness() throws IOException {
        client.send(ClientFrame.of(0x41, new byte[0]), ClientFrame.of(0xC0, new byte[0]));
        assertFailed(1002);
        for (int opcode : new int[] {0x8, 0x9, 0xA}) {
            again("permessage-deflate").send(ClientFrame.of(0xC0 | opcode, new byte[0]));
            assertFailed(1002);
        }
        again("permessage-deflate; unknown").send(deflatedText("not agreed"));
        assertFailed(1002);
        again("permessage-deflate").send(ClientFrame.of(DEFLATED_TEXT | 0x20, new byte[0]));
        assertFailed(1002);
    }

    @Test
    void refusesWhatCannotBeInflated() throws IOException {
        client.send(ClientFrame.of(DEFLATED_BYTES, HexFormat.of().parseHex("07ffffffff")));
        assertFailed(1007);
        again("permessage-deflate")
                .send(ClientFrame.of(DEFLATED_BYTES, "\u0003\u0000".repeat(100).getBytes(UTF_8)));
        assertFailed(1007);
    }

    @Test
    void refusesCompressedTextThatIsNotUtf8() throws IOException {
        client.send(ClientFrame.of(DEFLATED_TEXT, Deflated.deflate(new byte[] {'a', (byte) 0xFF})));
        assertFailed(1007);
        again("permessage-deflate").send(ClientFrame.of(DEFLATED_TEXT, Deflated.deflate(new byte[] {(byte) 0xED})));
        assertFailed(1007);
    }

    @Test
    void refusesWhatInflatesBeyondTheLimit() throws IOException {
        client.send(ClientFrame.of(DEFLATED_BYTES, Deflated.deflate(new byte[LIMIT])));
        assertThat(client.frame()).hasSize("deflated binary ".length() + LIMIT);
        client.send(ClientFrame.of(DEFLATED_BYTES, Deflated.deflate(new byte[LIMIT + 1])));
        assertFailed(1009);
        again("permessage-deflate").send(ClientFrame.of(DEFLATED_BYTES, Deflated.deflate(new byte[200 * LIMIT])));
        assertFailed(1009);
    }

    @Test
    void refusesCompressedMessagesThatAreTooLongThemselves() throws IOException {
        client.send(ClientFrame.of(0x42, new byte[LIMIT]), ClientFrame.of(0, new byte[1]));
        assertFailed(1009);
    }

    @Test
    void readsStompInCompressedMessages() throws Exception {
        client.close();
        client = open("/stomp", "permessage-deflate");
        byte[] frame = Deflated.deflate("SEND\n\none\0SEND\n\ntw".getBytes(UTF_8));
        client.send(
                ClientFrame.of(0x41, Arrays.copyOf(frame, 4)),
                ClientFrame.of(0x80, Arrays.copyOfRange(frame, 4, frame.length)),
                deflatedText("o\0"));
        SESSIONS.next().awaitHeard("SEND one", "SEND two");
    }

    private static ClientFrame deflatedText(String text) {
        return ClientFrame.of(DEFLATED_TEXT, Deflated.deflate(text.getBytes(UTF_8)));
    }

    private static RawClient open(String path, String offer) throws IOException {
        RawClient client = new RawClient(server.address());
        assertThat(client.handshake(path, "Sec-WebSocket-Extensions: " + offer)
                        .response()
                        .status())
                .isEqualTo(101);
        return client;
    }

    private static String answerTo(String offer) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            return client.handshake("/echo", "Sec-WebSocket-Extensions: " + offer)
                    .response()
                    .headers()
                    .get("sec-websocket-extensions");
        }
    }

    private RawClient again(String offer) throws IOException {
        client.close();
        client = open("/echo", offer);
        return client;
    }

    private void assertFailed(int code) throws IOException {
        assertThat(client.frame()).isEqualTo("close " + code + " protocol-fault");
        assertThat(client.frame()).isEqualTo("end");
    }
}
