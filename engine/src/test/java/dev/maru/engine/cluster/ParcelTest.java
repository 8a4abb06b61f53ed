package dev.maru.engine.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParcelTest {
    private static final MessageContent PLAIN = MessageContent.bytes("안녕".getBytes(UTF_8));
    private static final MessageContent RICH =
            new MessageContent(new byte[0], "text/plain", StompHeaders.of("a", "1", "a", "2", "이름", "\n:\\"));
    private static final Parcel EVERYTHING = new Parcel(
            Long.MIN_VALUE,
            List.of(
                    new Parcel.Stored(new StoredMessage("/topic/차", new StreamPosition("e1", 1L << 52), PLAIN)),
                    new Parcel.Broadcast("/topic/b", RICH),
                    new Parcel.Head("/topic/c", new StreamPosition("e1", 0)),
                    new Parcel.Announcement("kind", new byte[] {0, -1, 127}),
                    Parcel.Sign.ALIVE,
                    Parcel.Sign.LEAVING,
                    Parcel.Sign.DOUBT));

    @Test
    void carriesEverythingAsItWas() {
        Parcel read = Parcel.read(EVERYTHING.write());
        assertThat(read.sender()).isEqualTo(Long.MIN_VALUE);
        assertThat(read).usingRecursiveComparison().isEqualTo(EVERYTHING);
    }

    @Test
    void refusesAnotherVersion() {
        byte[] bytes = EVERYTHING.write();
        bytes[0] = 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parcel.read(bytes))
                .withMessageContaining("version 2");
    }

    @Test
    void refusesWhatIsCutOffAndNeverFailsOtherwise() {
        byte[] whole = EVERYTHING.write();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            Throwable failure = catchThrowable(() -> Parcel.read(part));
            assertThat(failure == null || failure instanceof IllegalArgumentException)
                    .as("%d bytes: %s", length, failure)
                    .isTrue();
        }
    }

    @Test
    void refusesWhatIsBrokenAndNeverFailsOtherwise() {
        Random random = new Random(7);
        byte[] whole = EVERYTHING.write();
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = whole.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                broken[1 + random.nextInt(broken.length - 1)] = (byte) random.nextInt();
            }
            Throwable failure = catchThrowable(() -> Parcel.read(broken));
            assertThat(failure == null || failure instanceof IllegalArgumentException)
                    .as("%s: %s", Arrays.toString(broken), failure)
                    .isTrue();
        }
    }
}
