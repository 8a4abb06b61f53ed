package dev.maru.store.jdbc;

import static dev.maru.store.jdbc.TrialDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.LogUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadersTest {

    private static final DatabaseSettings SETTINGS = new DatabaseSettings(100, 1_000, 50, 2, 1, 3);

    @TempDir
    private Path folder;

    private TrialDatabase trial;

    @BeforeEach
    void open() {
        trial = TrialDatabase.in(folder, SETTINGS);
    }

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    void answersOnAPlatformThreadOfItsOwn() {
        Thread thread = await(trial.database().readers().read(_ -> Thread.currentThread()));

        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.getName()).startsWith("maru-reader-");
    }

    @Test
    void seesOneStateOfTheDatabaseThroughoutAQuestion() {
        await(trial.submit("a"));

        List<Integer> counts = await(trial.database().readers().read(sql -> {
            int before = count(sql);
            await(trial.submit("b"));
            return List.of(before, count(sql));
        }));

        assertThat(counts).containsExactly(1, 1);
        assertThat(trial.texts()).containsExactly("a", "b");
    }

    @Test
    void cannotChangeAnything() {
        CompletionStage<Integer> write =
                trial.database().readers().read(sql -> sql.update("INSERT INTO maru_trial (text) VALUES ('x')"));

        assertThatThrownBy(() -> await(write)).isInstanceOf(LogUnavailableException.class);
        assertThat(trial.texts()).isEmpty();
    }

    @Test
    void goesOnAfterAFailedQuestion() {
        CompletionStage<Integer> broken = trial.database().readers().read(sql -> sql.update("no SQL at all"));
        CompletionStage<Integer> refused = trial.database().readers().read(_ -> {
            throw new Refusal(SessionFault.FORBIDDEN, "no");
        });

        assertThatThrownBy(() -> await(broken)).isInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(() -> await(refused)).isInstanceOf(Refusal.class);
        assertThat(trial.texts()).isEmpty();
    }

    @Test
    void refusesAtOnceWhenTooManyWait() {
        CountDownLatch gate = new CountDownLatch(1);
        List<CompletionStage<Boolean>> reads = new ArrayList<>();
        for (int i = 0; i < SETTINGS.readers() + SETTINGS.waitingReads() + 1; i++) {
            reads.add(trial.database().readers().read(_ -> {
                awaitLatch(gate);
                return true;
            }));
        }

        assertThat(reads.getLast().toCompletableFuture()).isCompletedExceptionally();
        gate.countDown();
        assertThat(await(reads.getFirst())).isTrue();
        assertThatThrownBy(() -> await(reads.getLast())).isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void letsAllAskWhoComeBackAtOnceToARoomOfTheirOwn() {
        try (TrialDatabase large = TrialDatabase.in(folder.resolve("large"))) {
            CountDownLatch gate = new CountDownLatch(1);
            List<CompletionStage<Boolean>> reads = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                reads.add(large.database().readers().read(_ -> {
                    awaitLatch(gate);
                    return true;
                }));
            }
            gate.countDown();

            assertThat(reads).allSatisfy(read -> assertThat(await(read)).isTrue());
        }
    }

    @Test
    void slowQuestionsDoNotHoldUpTheOthers() {
        CountDownLatch gate = new CountDownLatch(1);
        CompletionStage<Boolean> slow = trial.database().slowReaders().read(_ -> {
            awaitLatch(gate);
            return true;
        });

        assertThat(trial.texts()).isEmpty();
        gate.countDown();
        assertThat(await(slow)).isTrue();
    }

    private static int count(Sql sql) throws java.sql.SQLException {
        return sql.first("SELECT count(*) FROM maru_trial", row -> row.getInt(1))
                .orElseThrow();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
