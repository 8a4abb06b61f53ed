package dev.maru.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.websocket.MessageReader;
import dev.maru.transport.websocket.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SockJsMessageReaderTest {
    private static final int LIMIT = 1000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final List<String> heard = new ArrayList<>();
    private final MessageReader reader = new SockJsFraming().reader(StompLimits.DEFAULT, LIMIT, new Listener());

    @AfterEach
    void nothingIsLeftOver() {
        reader.close();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void readsAnArrayOfStrings() {
        assertThat(read("[\"SEND\\n\\none\\u0000\",\"\\n\", \"SEND\\n\\ntwo\\u0000\"]"))
                .isNull();
        assertThat(heard).containsExactly("SEND one", "heart-beat", "SEND two");
    }

    @Test
    void readsASingleString() {
        assertThat(read("\"SEND\\n\\n\\uc548\\ub155 \\ud83d\\ude00\\u0000\"")).isNull();
        assertThat(heard).containsExactly("SEND 안녕 😀");
    }

    @Test
    void readsAFrameThatSpansElementsAndMessages() {
        read("[\"SEND\\nname\",\":value\\n\\nbo\"]");
        read("[\"dy\\u0000\"]");

        assertThat(heard).containsExactly("SEND body");
    }

    @Test
    void ignoresEmptyMessages() {
        assertThat(read("")).isNull();
        assertThat(read("[]")).isNull();
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"a",
                "[",
                "]",
                "{}",
                "[1]",
                "[\"\\n\",{}]",
                "[[\"\\n\"]]",
                "null",
                "hello",
                "\"\\n\" \"\\n\"",
                "[\"\\n\"]]",
                "\"\\q\"",
                " "
            })
    void refusesEverythingElse(String message) {
        Violation violation = read(message);

        assertThat(violation).isNotNull();
        assertThat(violation.closeCode()).isEqualTo(1002);
    }

    @Test
    void readsTheSameHoweverTheMessageIsCut() {
        byte[] message = "[\"SEND\\n\\n안녕\\u0000\",\"\\n\"]".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= message.length; cut++) {
            heard.clear();
            assertThat(reader.read(buffer(Arrays.copyOf(message, cut)), false)).isNull();
            assertThat(reader.read(buffer(Arrays.copyOfRange(message, cut, message.length)), true))
                    .isNull();
            assertThat(heard).containsExactly("SEND 안녕", "heart-beat");
        }
    }

    @Test
    void keepsNoMoreThanTheLimit() {
        String fits = "[\"" + "\\n".repeat((LIMIT - 4) / 2) + "\"]";
        assertThat(read(fits)).isNull();
        assertThat(read(fits + " ").closeCode()).isEqualTo(1009);
    }

    @Test
    void keepsNoMoreThanTheLimitOfAMessageInParts() {
        byte[] part = new byte[LIMIT / 4];
        Arrays.fill(part, (byte) ' ');
        for (int i = 0; i < 4; i++) {
            assertThat(reader.read(buffer(part), false)).isNull();
        }

        assertThat(reader.read(buffer(part), false).closeCode()).isEqualTo(1009);
    }

    @Test
    void letsGoOfAnUnfinishedMessage() {
        assertThat(reader.read(buffer(new byte[] {'['}), false)).isNull();
        reader.close();
        reader.close();
    }

    private Violation read(String message) {
        return reader.read(buffer(message.getBytes(StandardCharsets.UTF_8)), true);
    }

    private ByteBuf buffer(byte[] bytes) {
        return allocator.directBuffer().writeBytes(bytes);
    }

    private final class Listener implements StompFrameListener {

        @Override
        public void onFrame(StompFrame frame) {
            heard.add(frame.command() + " " + frame.body().toString(StandardCharsets.UTF_8));
            frame.close();
        }

        @Override
        public void onHeartBeat() {
            heard.add("heart-beat");
        }

        @Override
        public void onFault(StompFault fault, String detail, @Nullable String receipt) {
            heard.add("fault " + fault);
        }
    }
}
