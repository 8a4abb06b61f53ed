package dev.maru.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is encoded in a version reads back the same in that version. */
class StompRoundTripTest {
    private static final long SEED = 20260802;
    private static final int FRAMES = 5_000;

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource(StompVersion.class)
    void readsBackWhatWasWritten(StompVersion version) {
        for (int i = 0; i < FRAMES; i++) {
            StompCommand command = StompCommand.values()[random.nextInt(StompCommand.values().length)];
            StompHeaders headers = headers(version, command);
            byte[] body = new byte[command.allowsBody() ? random.nextInt(50) : 0];
            random.nextBytes(body);
            roundTrip(version, command, headers, body);
        }
    }

    private static void roundTrip(StompVersion version, StompCommand command, StompHeaders headers, byte[] body) {
        ByteBuf bytes = Unpooled.buffer();
        StompEncoder.encode(version, command, headers, body, bytes);
        assertThat(bytes.readableBytes()).isLessThanOrEqualTo(StompEncoder.maxEncodedLength(command, headers, body));
        RecordingListener heard = new RecordingListener();
        StompDecoder decoder = command.fromClient()
                ? new StompDecoder(StompLimits.DEFAULT, heard)
                : StompDecoder.forServerFrames(StompLimits.DEFAULT, heard);
        decoder.version(version);
        decoder.decode(bytes);
        assertThat(heard.events).hasSize(1).first().asString().startsWith(command.name());
        if (body.length > 0) {
            headers.add("content-length", Integer.toString(body.length));
        }
        assertThat(heard.headers.getFirst()).isEqualTo(headers);
        assertThat(heard.bodies.getFirst()).isEqualTo(body);
    }

    private StompHeaders headers(StompVersion version, StompCommand command) {
        StompHeaders headers = new StompHeaders();
        boolean escapes = version.escapesHeaders() && command.escapesHeaders();
        for (int i = random.nextInt(8); i > 0; i--) {
            headers.add(
                    "x" + text(escapes ? "ab:\\\n\r 가😀" : "ab\\ 가😀"), text(escapes ? "ab:\\\n\r 가😀" : "ab:\\ 가😀"));
        }
        return headers;
    }

    private String text(String alphabet) {
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }
}
