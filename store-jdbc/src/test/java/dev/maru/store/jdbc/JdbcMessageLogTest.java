package dev.maru.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.MessageLog;
import dev.maru.testkit.MessageLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdbcMessageLogTest extends MessageLogContract {

    @TempDir
    private Path folder;

    private Database database;

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected MessageLog open() {
        return open(1000, 100);
    }

    private MessageLog open(int keep, int maxDestinations) {
        database = Database.sqlite(folder, DatabaseSettings.defaults());
        return JdbcMessageLog.open(database, keep, maxDestinations);
    }

    @Override
    protected Fault conflict() {
        return SessionFault.CONFLICT;
    }

    @Test
    void keepsWhatIsStoredOverARestart() {
        database.close();
        MessageLog log = open(1000, 100);
        TrialDatabase.await(append(log, "/topic/a", "ann", "1", "hello"));
        database.close();
        MessageLog reopened = open(1000, 100);

        assertThat(textOf(TrialDatabase.await(reopened.readAfter("/topic/a", 0, 10))
                        .getFirst()))
                .isEqualTo("hello");
        assertThat(TrialDatabase.await(append(reopened, "/topic/a", "ann", "1", "hello"))
                        .offset())
                .isEqualTo(1);
    }

    @Test
    void keepsNoMoreOfADestinationThanItMay() {
        database.close();
        MessageLog log = open(3, 100);
        for (int i = 1; i <= 5; i++) {
            TrialDatabase.await(append(log, "/topic/a", "ann", null, "m" + i));
        }

        assertThat(TrialDatabase.await(log.readAfter("/topic/a", 0, 10)))
                .extracting(this::textOf)
                .containsExactly("m3", "m4", "m5");
        assertThat(TrialDatabase.await(log.head("/topic/a")).oldest()).isEqualTo(3);
        assertThat(TrialDatabase.await(log.head("/topic/a")).position().offset())
                .isEqualTo(5);
    }

    @Test
    void refusesMoreDestinationsThanItMay() {
        database.close();
        MessageLog log = open(3, 2);
        TrialDatabase.await(append(log, "/topic/a", "ann", null, "1"));
        TrialDatabase.await(append(log, "/topic/b", "ann", null, "1"));

        assertThatThrownBy(() -> TrialDatabase.await(append(log, "/topic/c", "ann", null, "1")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(SessionFault.UNAVAILABLE));
        assertThat(TrialDatabase.await(append(log, "/topic/a", "ann", null, "2"))
                        .offset())
                .isEqualTo(2);
    }
}
