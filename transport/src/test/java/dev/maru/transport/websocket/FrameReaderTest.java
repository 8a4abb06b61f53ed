package dev.maru.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final int LIMIT = 100_000;

    @Test
    void readsATextMessage() {
        assertThat(read(ClientFrame.text("hello"))).containsExactly("message hello");
    }

    @Test
    void readsAnEmptyMessage() {
        assertThat(read(ClientFrame.text(""), ClientFrame.text("next"))).containsExactly("message ", "message next");
    }

    @Test
    void readsBytesThatAreNoText() {
        assertThat(read(ClientFrame.binary(new byte[] {(byte) 0xFF, 0})))
                .containsExactly("message " + new String(new byte[] {(byte) 0xFF, 0}, StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 0xFFFF, 0x10000, LIMIT})
    void readsEveryFormOfLength(int length) {
        String payload = "x".repeat(length);

        assertThat(read(ClientFrame.text(payload))).containsExactly("message " + payload);
    }

    @Test
    void readsFragmentsWithControlFramesBetweenThem() {
        assertThat(read(
                        ClientFrame.firstPart("a"),
                        ClientFrame.ping("p"),
                        ClientFrame.part("b"),
                        ClientFrame.of(0x8A, new byte[0]),
                        ClientFrame.lastPart("c")))
                .containsExactly("ping p", "message abc");
    }

    @Test
    void readsTheSameHoweverTheBytesAreCut() {
        byte[] bytes = wire(
                ClientFrame.text("하나"),
                ClientFrame.firstPart("둘"),
                ClientFrame.ping("still there?"),
                ClientFrame.lastPart("x".repeat(300)),
                ClientFrame.close(1001));
        List<String> expected = List.of("message 하나", "ping still there?", "message 둘" + "x".repeat(300), "close 1001");

        for (int cut = 0; cut <= bytes.length; cut++) {
            Recorder recorder = new Recorder();
            recorder.read(Arrays.copyOfRange(bytes, 0, cut));
            recorder.read(Arrays.copyOfRange(bytes, cut, bytes.length));
            assertThat(recorder.read).as("cut at %d", cut).isEqualTo(expected);
        }
        Recorder singly = new Recorder();
        for (byte octet : bytes) {
            singly.read(new byte[] {octet});
        }
        assertThat(singly.read).isEqualTo(expected);
    }

    @Test
    void refusesReservedBits() {
        for (int bit : new int[] {0x40, 0x20, 0x10}) {
            assertThat(read(ClientFrame.of(0x81 | bit, new byte[1]))).containsExactly("violation 1002");
        }
    }

    @Test
    void refusesReservedOpcodes() {
        for (int opcode : new int[] {0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF}) {
            assertThat(read(ClientFrame.of(0x80 | opcode, new byte[0]))).containsExactly("violation 1002");
        }
    }

    @Test
    void refusesFramesWithoutAMask() {
        assertThat(read(ClientFrame.text("hello").unmaskedBytes())).containsExactly("violation 1002");
    }

    @Test
    void refusesAContinuationOfNothing() {
        assertThat(read(ClientFrame.part("a"))).containsExactly("violation 1002");
        assertThat(read(ClientFrame.text("a"), ClientFrame.lastPart("b")))
                .containsExactly("message a", "violation 1002");
    }

    @Test
    void refusesAMessageWithinAMessage() {
        assertThat(read(ClientFrame.firstPart("a"), ClientFrame.text("b"))).containsExactly("violation 1002");
    }

    @Test
    void refusesFragmentedControlFrames() {
        assertThat(read(ClientFrame.of(0x9, new byte[1]))).containsExactly("violation 1002");
    }

    @Test
    void refusesLongControlFrames() {
        assertThat(read(ClientFrame.ping("x".repeat(125)))).containsExactly("ping " + "x".repeat(125));
        assertThat(read(ClientFrame.ping("x".repeat(126)))).containsExactly("violation 1002");
    }

    @Test
    void refusesLengthsThatCouldBeShorter() {
        assertThat(read(ClientFrame.text("x".repeat(125)).withLengthIn(2))).containsExactly("violation 1002");
        assertThat(read(ClientFrame.text("x".repeat(0xFFFF)).withLengthIn(8))).containsExactly("violation 1002");
    }

    @Test
    void refusesLengthsBeforeThePayloadArrives() {
        assertThat(read(header(LIMIT + 1))).containsExactly("violation 1009");
        assertThat(read(header(Long.MAX_VALUE))).containsExactly("violation 1009");
        assertThat(read(header(-1))).containsExactly("violation 1002");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        assertThat(read(ClientFrame.of(0x81, new byte[] {'a', (byte) 0xC0, (byte) 0x80})))
                .containsExactly("violation 1007");
    }

    @Test
    void refusesTextThatEndsWithinACharacter() {
        assertThat(read(ClientFrame.of(0x81, new byte[] {(byte) 0xED, (byte) 0x95})))
                .containsExactly("violation 1007");
    }

    @Test
    void takesCharactersThatAreCutByFragments() {
        byte[] han = "한".getBytes(StandardCharsets.UTF_8);

        assertThat(read(
                        ClientFrame.of(0x1, Arrays.copyOf(han, 1)),
                        ClientFrame.ping("p"),
                        ClientFrame.of(0x80, Arrays.copyOfRange(han, 1, 3))))
                .containsExactly("ping p", "message 한");
    }

    @Test
    void readsCloseCodes() {
        assertThat(read(ClientFrame.close())).containsExactly("close 1005");
        for (int code : new int[] {1000, 1001, 1003, 1011, 1014, 3000, 4999}) {
            assertThat(read(ClientFrame.close(code))).containsExactly("close " + code);
        }
    }

    @Test
    void refusesCloseCodesThatMayNotBeSent() {
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 0xFFFF}) {
            assertThat(read(ClientFrame.close(code))).containsExactly("violation 1002");
        }
    }

    @Test
    void refusesHalfACloseCodeAndReasonsThatAreNotUtf8() {
        assertThat(read(ClientFrame.of(0x88, new byte[] {3}))).containsExactly("violation 1002");
        assertThat(read(ClientFrame.of(0x88, new byte[] {3, (byte) 0xE8, (byte) 0xFF})))
                .containsExactly("violation 1007");
    }

    @Test
    void ignoresEverythingAfterACloseFrameOrAViolation() {
        assertThat(read(ClientFrame.close(1000), ClientFrame.text("late"))).containsExactly("close 1000");
        assertThat(read(ClientFrame.part("a"), ClientFrame.text("late"))).containsExactly("violation 1002");
    }

    private static byte[] header(long length) {
        ByteBuf header = Unpooled.buffer().writeByte(0x82).writeByte(0xFF).writeLong(length);
        return ByteBufUtil.getBytes(header);
    }

    private static List<String> read(ClientFrame... frames) {
        return read(wire(frames));
    }

    private static List<String> read(byte[] bytes) {
        Recorder recorder = new Recorder();
        recorder.read(bytes);
        return recorder.read;
    }

    private static byte[] wire(ClientFrame... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ClientFrame frame : frames) {
            out.writeBytes(frame.bytes());
        }
        return out.toByteArray();
    }

    /** Puts messages together again, text as UTF-8 where it is and as Latin-1 where not. */
    private static final class Recorder implements FrameReader.Sink {
        private final FrameReader reader = new FrameReader(LIMIT, false, this);
        private final List<String> read = new ArrayList<>();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        private void read(byte[] bytes) {
            ByteBuf buffer = Unpooled.copiedBuffer(bytes);
            reader.read(buffer);
            assertThat(buffer.isReadable()).isFalse();
            assertThat(buffer.refCnt()).isEqualTo(1);
            buffer.release();
        }

        @Override
        public void onMessage(boolean text) {}

        @Override
        public void onCompressedPart(ByteBuf part, boolean endOfMessage) {
            throw new AssertionError("compression was not agreed");
        }

        @Override
        public void onPart(ByteBuf part, boolean endOfMessage) {
            message.writeBytes(ByteBufUtil.getBytes(part));
            part.release();
            if (endOfMessage) {
                byte[] bytes = message.toByteArray();
                boolean utf8 = Utf8Validator.isUtf8(bytes);
                read.add("message " + new String(bytes, utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
                message.reset();
            }
        }

        @Override
        public void onPing(byte[] payload) {
            read.add("ping " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void onClose(int code, String reason) {
            read.add("close " + code);
        }

        @Override
        public void onViolation(Violation violation) {
            read.add("violation " + violation.closeCode());
        }
    }
}
