package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.InMemoryMessageLog;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryMessageLogTest {

    @Nested
    class AsEveryLog extends MessageLogContract {

        @Override
        protected MessageLog open() {
            return new InMemoryMessageLog(MANY, 10);
        }

        @Override
        protected Fault conflict() {
            return SessionFault.CONFLICT;
        }
    }

    private final InMemoryMessageLog log = new InMemoryMessageLog(3, 2);

    private StreamPosition append(String destination, @Nullable String id, String text) {
        return log.append(new LogEntry(destination, "jane", id, MessageContent.json(text.getBytes(UTF_8))))
                .toCompletableFuture()
                .join();
    }

    private List<String> readAfter(long offset) {
        return log.readAfter("/a", offset, 100).toCompletableFuture().join().stream()
                .map(message -> message.position().offset() + " "
                        + new String(message.content().body(), UTF_8))
                .toList();
    }

    @Test
    void dropsTheOldestMessagesBeyondItsBound() {
        for (int i = 1; i <= 8; i++) {
            append("/a", null, "text " + i);
        }
        LogHead head = log.head("/a").toCompletableFuture().join();
        assertThat(head.position().offset()).isEqualTo(8);
        assertThat(head.oldest()).isEqualTo(6);
        assertThat(readAfter(0)).containsExactly("6 text 6", "7 text 7", "8 text 8");
        assertThat(readAfter(6)).containsExactly("7 text 7", "8 text 8");
        assertThat(readAfter(8)).isEmpty();
    }

    @Test
    void forgetsAnIdWithItsMessage() {
        append("/a", "id", "a");
        append("/a", null, "b");
        append("/a", null, "c");
        assertThat(append("/a", "id", "a").offset()).isOne();
        append("/a", null, "d");
        assertThat(append("/a", "id", "a").offset()).isEqualTo(5);
        assertThat(append("/a", "id", "a").offset()).isEqualTo(5);
    }

    @Test
    void refusesDestinationsBeyondItsBound() {
        append("/a", null, "a");
        append("/b", null, "b");
        assertThatThrownBy(() -> append("/c", null, "c")).hasCauseInstanceOf(Refusal.class);
        assertThat(append("/a", null, "a").offset()).isEqualTo(2);
    }

    @Test
    void beginsANewEpochEachTime() {
        String first = append("/a", null, "a").epoch();
        String second = new InMemoryMessageLog(3, 2)
                .head("/a")
                .toCompletableFuture()
                .join()
                .position()
                .epoch();
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void keepsTypeAndHeadersToo() {
        MessageContent content =
                new MessageContent(new byte[] {0, -1}, "application/x-any", StompHeaders.of("foo", "bar"));
        log.append(new LogEntry("/a", "jane", null, content));
        StoredMessage read =
                log.readAfter("/a", 0, 1).toCompletableFuture().join().getFirst();
        assertThat(read.content()).isEqualTo(content);
    }

    @Test
    void tellsInOrderEvenIfTheListenerAppends() {
        List<String> told = new ArrayList<>();
        log.onStored(message -> {
            if (message.position().offset() == 1) {
                log.append(new LogEntry("/a", "jane", null, MessageContent.json("b".getBytes(UTF_8))));
                log.append(new LogEntry("/a", "jane", null, MessageContent.json("c".getBytes(UTF_8))));
            }
            told.add(new String(message.content().body(), UTF_8));
        });
        append("/a", null, "a");
        assertThat(told).containsExactly("a", "b", "c");
    }

    @Test
    void goesOnWhenTheListenerThrows() {
        log.onStored(message -> {
            throw new IllegalStateException("broken");
        });
        assertThat(append("/a", null, "a").offset()).isOne();
        assertThat(append("/a", null, "b").offset()).isEqualTo(2);
    }

    @Test
    void refusesLimitsThatAreNotPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryMessageLog(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryMessageLog(1, 0));
    }
}
