package dev.maru.transport.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.websocket.ClientFrame;
import dev.maru.transport.websocket.RecordingSessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 6455 against an echo over real sockets, in the order of the cases of the Autobahn suite. Each test is listed in
 * docs/websocket-conformance.md.
 */
class WebSocketConformanceTest {
    private static final int LIMIT = 2 * 1024 * 1024;
    private static final int FINAL = 0x80;

    private static HttpTransportServer server;
    private RawClient client;

    @BeforeAll
    static void start() {
        TransportSettings settings = TransportSettings.of(
                new RecordingSessions(),
                WebSocketEndpoint.at("/echo")
                        .withLimits(StompLimits.DEFAULT, LIMIT)
                        .withConversations((peer, handshake) -> new EchoConversation(peer)));
        server = HttpTransportServer.start(settings, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws IOException {
        client = RawClient.open(server.address(), "/echo");
    }

    @AfterEach
    void leave() throws IOException {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 128, 65_535, 65_536, 100_000})
    void echoesMessagesOfEverySizeOfLength(int size) throws IOException {
        client.send(
                ClientFrame.text("*".repeat(size)),
                ClientFrame.binary("\u00fe".repeat(size).getBytes(ISO_8859_1)));
        assertThat(client.frame()).isEqualTo("text " + "*".repeat(size));
        assertThat(client.frame()).isEqualTo("binary " + "\u00fe".repeat(size));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 997})
    void echoesMessagesThatArriveChopped(int chop) throws IOException {
        byte[] frame =
                ClientFrame.text("안녕 *".repeat(chop == 997 ? 10_000 : 100)).bytes();
        for (int i = 0; i < frame.length; i += chop) {
            client.send(Arrays.copyOfRange(frame, i, Math.min(frame.length, i + chop)));
        }
        assertThat(client.frame()).startsWith("text 안녕 *").hasSizeGreaterThan(400);
    }

    @ParameterizedTest
    @CsvSource({"81fe0001, 2 bytes", "81ff0000000000000001, 8 bytes", "81ff8000000000000000, a negative length"})
    void refusesLengthsThatAreNotInTheirShortestForm(String start, String what) throws IOException {
        client.send(HexFormat.of().parseHex(start + "00000000" + "41"));
        assertFailed(1002);
    }

    @Test
    void refusesFramesWithoutAMask() throws IOException {
        client.send(ClientFrame.text("a").unmaskedBytes());
        assertFailed(1002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello", "\u00fe\u00ff\u0000"})
    void answersPingsWithTheSameBytes(String payload) throws IOException {
        client.send(ClientFrame.ping(payload));
        assertThat(client.frame()).isEqualTo("pong " + payload);
    }

    @Test
    void answersAPingOf125BytesAndRefusesOneOf126() throws IOException {
        client.send(ClientFrame.ping("p".repeat(125)));
        assertThat(client.frame()).isEqualTo("pong " + "p".repeat(125));
        client.send(ClientFrame.ping("p".repeat(126)));
        assertFailed(1002);
    }

    @Test
    void ignoresPongsThatNobodyAskedFor() throws IOException {
        client.send(ClientFrame.of(FINAL | 0xA, new byte[0]), ClientFrame.of(FINAL | 0xA, "x".getBytes(UTF_8)));
        client.send(ClientFrame.ping("after"));
        assertThat(client.frame()).isEqualTo("pong after");
    }

    @Test
    void answersTenPingsInTheirOrderThoughTheyAreChopped() throws IOException {
        ByteArrayOutputStream pings = new ByteArrayOutputStream();
        for (int i = 0; i < 10; i++) {
            pings.writeBytes(ClientFrame.ping("ping " + i).bytes());
        }
        for (byte octet : pings.toByteArray()) {
            client.send(new byte[] {octet});
        }
        for (int i = 0; i < 10; i++) {
            assertThat(client.frame()).isEqualTo("pong ping " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70})
    void refusesReservedBitsInEveryKindOfFrame(int bits) throws IOException {
        client.send(ClientFrame.text("before"), ClientFrame.of(FINAL | bits | 0x1, new byte[1]));
        assertThat(client.frame()).isEqualTo("text before");
        assertFailed(1002);
        for (int opcode : new int[] {0x2, 0x8, 0x9, 0xA}) {
            again().send(ClientFrame.of(FINAL | bits | opcode, new byte[0]));
            assertFailed(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF})
    void refusesReservedOpcodes(int opcode) throws IOException {
        client.send(ClientFrame.of(FINAL | opcode, new byte[0]));
        assertFailed(1002);
    }

    @Test
    void refusesControlFramesInFragments() throws IOException {
        client.send(ClientFrame.of(0x9, "frag".getBytes(UTF_8)), ClientFrame.lastPart("ment"));
        assertFailed(1002);
        again().send(ClientFrame.of(0xA, "frag".getBytes(UTF_8)), ClientFrame.lastPart("ment"));
        assertFailed(1002);
    }

    @Test
    void putsFragmentsTogether() throws IOException {
        client.send(
                ClientFrame.firstPart("frag"),
                ClientFrame.part("men"),
                ClientFrame.part(""),
                ClientFrame.lastPart("t"));
        assertThat(client.frame()).isEqualTo("text fragment");
        client.send(ClientFrame.firstPart(""), ClientFrame.part(""), ClientFrame.lastPart(""));
        assertThat(client.frame()).isEqualTo("text ");
    }

    @Test
    void answersControlFramesBetweenFragmentsAtOnce() throws IOException {
        client.send(ClientFrame.firstPart("frag"), ClientFrame.ping("between"));
        assertThat(client.frame()).isEqualTo("pong between");
        client.send(ClientFrame.part("me"), ClientFrame.ping("again"), ClientFrame.lastPart("nt"));
        assertThat(client.frame()).isEqualTo("pong again");
        assertThat(client.frame()).isEqualTo("text fragment");
    }

    @Test
    void refusesAContinuationOfNothing() throws IOException {
        client.send(ClientFrame.lastPart("nothing before"));
        assertFailed(1002);
        again().send(ClientFrame.part("nothing before"));
        assertFailed(1002);
        again().send(ClientFrame.firstPart("a"), ClientFrame.lastPart("b"), ClientFrame.part("c"));
        assertThat(client.frame()).isEqualTo("text ab");
        assertFailed(1002);
    }

    @Test
    void refusesAMessageThatBeginsWithinAnother() throws IOException {
        client.send(ClientFrame.firstPart("a"), ClientFrame.text("b"));
        assertFailed(1002);
        again().send(ClientFrame.firstPart("a"), ClientFrame.firstPart("b"));
        assertFailed(1002);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Hello-µ@ßöäüàá-UTF-8!!", "κόσμε", "안녕하세요 👋🏽", "\uFFFD\uFFFE\uFFFF\uD7FF\uE000", "\u0000\u007F"
            })
    void echoesTextWhereverItIsCut(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        client.send(ClientFrame.text(text));
        assertThat(client.frame()).isEqualTo("text " + text);
        for (int i = 0; i < bytes.length; i++) {
            client.send(ClientFrame.of(i == 0 ? 0x1 : 0, new byte[] {bytes[i]}));
        }
        client.send(ClientFrame.lastPart(""));
        assertThat(client.frame()).isEqualTo("text " + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cebae1bdb9cf83cebcceb5eda080656469746564",
                "80",
                "bf",
                "8080",
                "c0",
                "c1bf",
                "c080",
                "e08080",
                "e0809f",
                "ed a0 80",
                "edbfbf",
                "eda080edb080",
                "f0808080",
                "f4908080",
                "f8888080 80",
                "fc8480808080",
                "fe",
                "ff",
                "f5",
                "e2 28 a1"
            })
    void refusesTextThatIsNotUtf8(String hex) throws IOException {
        client.send(ClientFrame.of(FINAL | 0x1, HexFormat.of().parseHex(hex.replace(" ", ""))));
        assertFailed(1007);
    }

    @Test
    void refusesTextThatEndsWithinACharacter() throws IOException {
        client.send(ClientFrame.of(FINAL | 0x1, new byte[] {(byte) 0xCE, (byte) 0xBA, (byte) 0xE1}));
        assertFailed(1007);
    }

    @Test
    void failsFastWithinAMessageAndWithinAFrame() throws IOException {
        client.send(
                ClientFrame.of(0x1, HexFormat.of().parseHex("cebae1bdb9f4")),
                ClientFrame.of(0x0, new byte[] {(byte) 0x90}));
        assertFailed(1007);
        byte[] frame = ClientFrame.of(FINAL | 0x1, HexFormat.of().parseHex("cebae1bdb9cff4908080656469746564"))
                .bytes();
        again().send(Arrays.copyOf(frame, frame.length - 6));
        assertFailed(1007);
    }

    @Test
    void letsBytesBeWhateverTheyAre() throws IOException {
        client.send(ClientFrame.binary(new byte[] {(byte) 0xFF, (byte) 0xC0, 0}));
        assertThat(client.frame()).isEqualTo("binary \u00ff\u00c0\u0000");
    }

    @Test
    void answersACloseWithTheSameCode() throws IOException {
        client.send(ClientFrame.close());
        assertThat(client.frame()).isEqualTo("close");
        assertThat(client.frame()).isEqualTo("end");
        for (int code :
                new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 3000, 3999, 4000, 4999}) {
            again().send(ClientFrame.close(code));
            assertThat(client.frame()).isEqualTo("close " + code + " ");
            assertThat(client.frame()).isEqualTo("end");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
    void refusesCloseCodesThatMayNotBeSent(int code) throws IOException {
        client.send(ClientFrame.close(code));
        assertFailed(1002);
    }

    @Test
    void takesReasonsOfUpTo123BytesInUtf8() throws IOException {
        client.send(close("한".repeat(41).getBytes(UTF_8)));
        assertThat(client.frame()).isEqualTo("close 1000 ");
        again().send(close("x".repeat(124).getBytes(UTF_8)));
        assertFailed(1002);
        again().send(close(new byte[] {(byte) 0xCE, (byte) 0xBA, (byte) 0xF4, (byte) 0x90}));
        assertFailed(1007);
    }

    @Test
    void refusesACloseWithHalfACode() throws IOException {
        client.send(ClientFrame.of(FINAL | 0x8, new byte[] {3}));
        assertFailed(1002);
    }

    @Test
    void hearsNothingAfterAClose() throws IOException {
        client.send(
                ClientFrame.firstPart("frag"),
                ClientFrame.close(1000),
                ClientFrame.ping("late"),
                ClientFrame.lastPart("ment"));
        assertThat(client.frame()).isEqualTo("close 1000 ");
        assertThat(client.frame()).isEqualTo("end");
        again().send(ClientFrame.close(1000), ClientFrame.close(1000), ClientFrame.text("late"));
        assertThat(client.frame()).isEqualTo("close 1000 ");
        assertThat(client.frame()).isEqualTo("end");
    }

    @Test
    void answersWhatCameBeforeTheClose() throws IOException {
        client.send(ClientFrame.text("a".repeat(256 * 1024)), ClientFrame.close(1000));
        assertThat(client.frame()).hasSize(5 + 256 * 1024);
        assertThat(client.frame()).isEqualTo("close 1000 ");
    }

    @Test
    void echoesMessagesUpToTheLimitWhole() throws IOException {
        client.send(ClientFrame.text("*".repeat(LIMIT)));
        assertThat(client.frame()).isEqualTo("text " + "*".repeat(LIMIT));
        client.send(ClientFrame.of(0x2, new byte[LIMIT - 1]), ClientFrame.lastPart("b"));
        assertThat(client.frame()).hasSize(7 + LIMIT).endsWith("b");
    }

    @ParameterizedTest
    @MethodSource("fragmentSizes")
    void echoesBigMessagesInFragmentsOfEverySize(int size) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] part = new byte[size];
        Arrays.fill(part, (byte) 'x');
        int parts = 256 * 1024 / size;
        for (int i = 0; i < parts; i++) {
            message.writeBytes(ClientFrame.of(i == 0 ? 0x1 : i == parts - 1 ? FINAL : 0, part)
                    .bytes());
        }
        client.send(message.toByteArray());
        assertThat(client.frame()).hasSize(5 + parts * size);
    }

    static IntStream fragmentSizes() {
        return IntStream.of(64, 1024, 4096, 65_536);
    }

    @Test
    void refusesMessagesOverTheLimitBeforeTheyArrive() throws IOException {
        client.send(Arrays.copyOf(ClientFrame.binary(new byte[LIMIT + 1]).bytes(), 14));
        assertFailed(1009);
        again().send(ClientFrame.of(0x2, new byte[LIMIT]), ClientFrame.of(0, new byte[1]));
        assertFailed(1009);
    }

    private static ClientFrame close(byte[] reason) {
        byte[] payload = new byte[2 + reason.length];
        payload[0] = 3;
        payload[1] = (byte) 0xE8;
        System.arraycopy(reason, 0, payload, 2, reason.length);
        return ClientFrame.of(FINAL | 0x8, payload);
    }

    private RawClient again() throws IOException {
        client.close();
        client = RawClient.open(server.address(), "/echo");
        return client;
    }

    private void assertFailed(int code) throws IOException {
        assertThat(client.frame()).isEqualTo("close " + code + " protocol-fault");
        assertThat(client.frame()).isEqualTo("end");
    }
}
