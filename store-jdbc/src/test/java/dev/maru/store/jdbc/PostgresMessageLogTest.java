package dev.maru.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.testkit.MessageLogContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresMessageLogTest extends MessageLogContract {

    private final TrialNodes nodes = new TrialNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Override
    protected MessageLog open() {
        return JdbcMessageLog.open(nodes.open(), 10_000, 100);
    }

    @Override
    protected Fault conflict() {
        return SessionFault.CONFLICT;
    }

    @Test
    void twoNodesFillTheSameDestinationsWithoutAGapOrADouble() {
        List<MessageLog> logs = List.of(open(), open());
        List<CompletionStage<StreamPosition>> stored = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            for (MessageLog log : logs) {
                stored.add(append(log, "/topic/a", "ann", "same-" + i, "text " + i));
                stored.add(append(log, "/topic/b", "ann", null, "text " + i));
            }
        }
        stored.forEach(TrialDatabase::await);

        List<StoredMessage> once = TrialDatabase.await(logs.getFirst().readAfter("/topic/a", 0, 2000));
        assertThat(once).extracting(message -> message.position().offset()).isEqualTo(upTo(500));
        assertThat(once).extracting(this::textOf).doesNotHaveDuplicates();
        assertThat(TrialDatabase.await(logs.getLast().readAfter("/topic/b", 0, 2000)))
                .extracting(message -> message.position().offset())
                .isEqualTo(upTo(1000));
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
