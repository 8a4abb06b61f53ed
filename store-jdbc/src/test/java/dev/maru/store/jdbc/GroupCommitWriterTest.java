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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitWriterTest {

    private static final DatabaseSettings SETTINGS = new DatabaseSettings(100, 1_000, 50, 1, 1, 10);

    @TempDir
    private Path folder;

    private TrialDatabase trial;
    private CountingHook hook;

    @BeforeEach
    void open() {
        trial = TrialDatabase.in(folder, SETTINGS);
        hook = new CountingHook();
        trial.database().writer().add(hook);
    }

    @AfterEach
    void close() {
        trial.close();
    }

    @Test
    void commitsTogetherWhatWaits() {
        CountDownLatch gate = hold();
        List<CompletionStage<String>> writes = submitAll("a", "b", "c");
        gate.countDown();

        writes.forEach(TrialDatabase::await);
        assertThat(trial.texts()).containsExactly("a", "b", "c");
        assertThat(hook.commits).hasSize(2);
    }

    @Test
    void announcesInOrderAfterTheCommitAndBeforeTheStagesComplete() {
        List<String> announced = new CopyOnWriteArrayList<>();
        List<CompletionStage<String>> writes = new ArrayList<>();
        CountDownLatch gate = hold();
        for (String text : List.of("a", "b", "c")) {
            writes.add(trial.database().writer().submit(new AnnouncedWrite(text, announced)));
        }
        CompletionStage<List<String>> whenDone = writes.getFirst().thenApply(_ -> List.copyOf(announced));
        gate.countDown();

        assertThat(await(whenDone)).startsWith("a");
        writes.forEach(TrialDatabase::await);
        assertThat(announced).containsExactly("a", "b", "c");
    }

    @Test
    void runsAnActionInTurnWithTheAnnouncements() {
        List<String> announced = new CopyOnWriteArrayList<>();
        CountDownLatch gate = hold();
        trial.database().writer().submit(new AnnouncedWrite("a", announced));
        trial.database().writer().inTurn(() -> announced.add("turn"));
        CompletionStage<String> last = trial.database().writer().submit(new AnnouncedWrite("b", announced));
        gate.countDown();

        await(last);
        assertThat(announced).containsExactly("a", "turn", "b");
    }

    @Test
    void runsAnActionAtOnceIfNothingIsOnItsWayOrNothingCanBeStored() {
        List<String> ran = new CopyOnWriteArrayList<>();
        GroupCommitWriter writer = trial.database().writer();
        writer.inTurn(() -> ran.add("idle"));
        assertThat(ran).containsExactly("idle");
        trial.database().close();
        writer.inTurn(() -> ran.add("closed"));

        assertThat(ran).containsExactly("idle", "closed");
    }

    @Test
    void oneBadWriteDoesNotSpoilTheOthers() {
        CountDownLatch gate = hold();
        List<CompletionStage<String>> writes = submitAll("a", "bad", "c");
        gate.countDown();

        assertThat(await(writes.get(0))).isEqualTo("a");
        assertThatThrownBy(() -> await(writes.get(1))).isInstanceOf(LogUnavailableException.class);
        assertThat(await(writes.get(2))).isEqualTo("c");
        assertThat(trial.texts()).containsExactly("a", "c");
        assertThat(hook.rollbacks.get()).isEqualTo(2);
    }

    @Test
    void aRefusalBeforeAnyChangeLeavesTheGroupWhole() {
        CountDownLatch gate = hold();
        CompletionStage<String> before = trial.submit("a");
        CompletionStage<String> refused = trial.database().writer().submit(_ -> refuse());
        CompletionStage<String> after = trial.submit("c");
        gate.countDown();

        assertThat(await(before)).isEqualTo("a");
        assertThatThrownBy(() -> await(refused)).isInstanceOf(Refusal.class);
        assertThat(await(after)).isEqualTo("c");
        assertThat(hook.rollbacks.get()).isZero();
    }

    @Test
    void aRefusalAfterAChangeTakesTheChangeBack() {
        CountDownLatch gate = hold();
        CompletionStage<String> before = trial.submit("a");
        CompletionStage<String> refused = trial.database().writer().submit(sql -> {
            TrialDatabase.insert("half").write(sql);
            return refuse();
        });
        CompletionStage<String> after = trial.submit("c");
        gate.countDown();

        assertThat(await(before)).isEqualTo("a");
        assertThatThrownBy(() -> await(refused)).isInstanceOf(Refusal.class);
        assertThat(await(after)).isEqualTo("c");
        assertThat(trial.texts()).containsExactly("a", "c");
    }

    @Test
    void aProgrammingErrorInAWriteIsItsOwnOnly() {
        CountDownLatch gate = hold();
        CompletionStage<String> broken = trial.database().writer().submit(_ -> {
            throw new IllegalStateException("broken");
        });
        CompletionStage<String> sound = trial.submit("a");
        gate.countDown();

        assertThatThrownBy(() -> await(broken)).isInstanceOf(IllegalStateException.class);
        assertThat(await(sound)).isEqualTo("a");
    }

    @Test
    void anAnnouncementThatThrowsStopsNobody() {
        CompletionStage<String> write = trial.database().writer().submit(new Write<String>() {
            @Override
            public String write(Sql sql) {
                return "stored";
            }

            @Override
            public void committed(String result) {
                throw new IllegalStateException("nobody listens");
            }
        });

        assertThat(await(write)).isEqualTo("stored");
        assertThat(await(trial.submit("a"))).isEqualTo("a");
    }

    @Test
    void aHookThatThrowsAfterTheCommitStopsNobody() {
        trial.database().writer().add(new BrokenHook());

        assertThat(await(trial.submit("a"))).isEqualTo("a");
        assertThatThrownBy(() -> await(trial.submit("bad"))).isInstanceOf(LogUnavailableException.class);
        assertThat(await(trial.submit("b"))).isEqualTo("b");
    }

    @Test
    void runsWhatCanWaitInATransactionOfItsOwnAfterTheGroup() {
        CountDownLatch gate = hold();
        CompletionStage<String> apart = trial.database().writer().submitApart(TrialDatabase.insert("later"));
        CompletionStage<String> write = trial.submit("first");
        gate.countDown();

        await(apart);
        await(write);
        assertThat(trial.texts()).containsExactly("first", "later");
        assertThat(hook.commits).hasSize(3);
    }

    @Test
    void refusesAtOncePastTheLimitOfUnansweredWrites() {
        CountDownLatch gate = hold();
        List<CompletionStage<String>> writes = new ArrayList<>();
        for (int i = 0; i < SETTINGS.waitingWrites() + 10; i++) {
            writes.add(trial.submit("text " + i));
        }

        CompletableFuture<String> last = writes.getLast().toCompletableFuture();
        assertThat(last).isCompletedExceptionally();
        assertThatThrownBy(() -> await(last)).isInstanceOf(LogUnavailableException.class);

        gate.countDown();
        assertThat(await(writes.getFirst())).isEqualTo("text 0");
        assertThat(writes.stream().filter(GroupCommitWriterTest::succeeds)).hasSize(SETTINGS.waitingWrites() - 1);
        assertThat(await(trial.submit("room again"))).isEqualTo("room again");
    }

    @Test
    void failsWritesWhileTheDatabaseCannotGrowAndRecoversByItself() {
        await(trial.database().writer().submit(sql -> {
            sql.update("CREATE TRIGGER full BEFORE INSERT ON maru_trial BEGIN SELECT RAISE(FAIL, 'disk full'); END");
            return true;
        }));
        CountDownLatch gate = hold();
        List<CompletionStage<String>> writes = submitAll("a", "b", "c", "d", "e");
        gate.countDown();
        for (CompletionStage<String> write : writes) {
            assertThatThrownBy(() -> await(write)).isInstanceOf(LogUnavailableException.class);
        }

        await(trial.database().writer().submit(sql -> sql.update("DROP TRIGGER full")));
        assertThat(await(trial.submit("f"))).isEqualTo("f");
        assertThat(trial.texts()).containsExactly("f");
    }

    @Test
    void takesANewConnectionWhenTheOldOneFails() {
        await(trial.database().writer().submit(sql -> sql.first("PRAGMA max_page_count = 1", row -> row.getInt(1))));
        CountDownLatch gate = hold();
        List<CompletionStage<String>> writes = submitAll("a".repeat(100_000), "b");
        gate.countDown();

        writes.forEach(TrialDatabase::await);
        assertThat(trial.texts()).hasSize(2);
        assertThat(hook.rollbacks.get()).isEqualTo(1);
    }

    @Test
    void failsWritesWhileAnotherProcessHoldsTheDatabaseAndRecoversByItself() throws Exception {
        SqliteDialect other = new SqliteDialect(folder.resolve("maru.db"));
        try (var connection = other.openForWriting();
                var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> await(trial.submit("a"))).isInstanceOf(LogUnavailableException.class);
            statement.execute("ROLLBACK");
        }

        assertThat(await(trial.submit("b"))).isEqualTo("b");
        assertThat(trial.texts()).containsExactly("b");
    }

    @Test
    void drainsWhatWaitsWhenItIsClosedAndRefusesAfterwards() {
        CountDownLatch gate = hold();
        List<CompletionStage<String>> writes = submitAll("a", "b");
        gate.countDown();
        trial.close();

        writes.forEach(write -> assertThat(write.toCompletableFuture()).isCompleted());
        assertThatThrownBy(() -> await(trial.submit("c"))).isInstanceOf(LogUnavailableException.class);
        trial = TrialDatabase.in(folder, SETTINGS);
        assertThat(trial.texts()).containsExactly("a", "b");
    }

    @Test
    void refusesWhatWouldHoldMoreBytesThanAllowedUntilSomeAreAnswered() {
        CountDownLatch gate = hold();
        CompletionStage<String> large = trial.database().writer().submit(new HeavyWrite(900));
        assertThatThrownBy(() -> await(trial.database().writer().submit(new HeavyWrite(200))))
                .isInstanceOf(LogUnavailableException.class);
        CompletionStage<String> small = trial.database().writer().submit(new HeavyWrite(100));
        gate.countDown();

        assertThat(await(large)).isEqualTo("heavy");
        assertThat(await(small)).isEqualTo("heavy");
        assertThat(await(trial.database().writer().submit(new HeavyWrite(1_000))))
                .isEqualTo("heavy");
    }

    @Test
    void takesAloneWhatIsLargerThanAllThatMayWait() {
        assertThat(await(trial.database().writer().submit(new HeavyWrite(5_000))))
                .isEqualTo("heavy");
    }

    @Test
    void storesWhatIsJoinedTogetherOrNotAtAll() {
        List<CompletionStage<String>> stages = new ArrayList<>();
        trial.database().writer().together(() -> {
            stages.add(trial.submit("joined"));
            stages.add(trial.database().writer().submit(sql -> {
                throw new Refusal(SessionFault.CONFLICT, "no");
            }));
        });
        trial.database().writer().together(() -> {
            stages.add(trial.submit("both"));
            stages.add(trial.submit("of them"));
        });

        stages.subList(0, 2)
                .forEach(stage ->
                        assertThatThrownBy(() -> TrialDatabase.await(stage)).isInstanceOf(Refusal.class));
        assertThat(TrialDatabase.await(stages.get(2))).isEqualTo("both");
        assertThat(TrialDatabase.await(stages.get(3))).isEqualTo("of them");
        assertThat(trial.texts()).containsExactly("both", "of them");
    }

    @Test
    void undoesWhatIsJoinedAloneWhenItIsRefused() {
        undoesAloneWhatFailsAs(sql -> refuse(), Refusal.class);
    }

    @Test
    void undoesWhatIsJoinedAloneWhenAStatementFails() {
        undoesAloneWhatFailsAs(TrialDatabase.insert("bad"), LogUnavailableException.class);
    }

    private void undoesAloneWhatFailsAs(Write<String> failing, Class<? extends Exception> failure) {
        List<CompletionStage<String>> stages = new ArrayList<>();
        CountDownLatch gate = hold();
        stages.add(trial.submit("a"));
        trial.database().writer().together(() -> {
            stages.add(trial.submit("joined"));
            stages.add(trial.database().writer().submit(failing));
        });
        trial.database().writer().together(() -> stages.add(trial.submit("b")));
        stages.add(trial.submit("c"));
        gate.countDown();

        assertThat(await(stages.getLast())).isEqualTo("c");
        stages.subList(1, 3)
                .forEach(stage -> assertThatThrownBy(() -> await(stage)).isInstanceOf(failure));
        assertThat(trial.texts()).containsExactly("a", "b", "c");
        assertThat(hook.undone.get()).isEqualTo(1);
        assertThat(hook.rollbacks.get()).isZero();
        assertThat(hook.commits).hasSize(2);
    }

    @Test
    void failsWhatWaitsWhenAnErrorEndsTheThread() {
        CountDownLatch deaths = new CountDownLatch(1);
        trial.database().writer().onDeath(deaths::countDown);
        CountDownLatch gate = hold();
        CompletionStage<String> fatal = trial.database().writer().submit(_ -> {
            throw new AssertionError("the end");
        });
        CompletionStage<String> waiting = trial.submit("a");
        gate.countDown();

        assertThatThrownBy(() -> await(fatal)).isInstanceOf(LogUnavailableException.class);
        assertThat(deaths.getCount()).isZero();
        assertThatThrownBy(() -> await(waiting)).isInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(() -> await(trial.submit("b"))).isInstanceOf(LogUnavailableException.class);
    }

    /** Keeps the writer busy until the latch is released, so that what is submitted meanwhile waits. */
    private CountDownLatch hold() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        trial.database().writer().submit(_ -> {
            held.countDown();
            awaitLatch(gate);
            return true;
        });
        awaitLatch(held);
        return gate;
    }

    private List<CompletionStage<String>> submitAll(String... texts) {
        return List.of(texts).stream().map(trial::submit).toList();
    }

    private static String refuse() {
        throw new Refusal(SessionFault.FORBIDDEN, "no");
    }

    private static boolean succeeds(CompletionStage<String> write) {
        return write.handle((_, error) -> error == null).toCompletableFuture().join();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record HeavyWrite(long bytes) implements Write<String> {

        @Override
        public String write(Sql sql) {
            return "heavy";
        }
    }

    private record AnnouncedWrite(String text, List<String> announced) implements Write<String> {

        @Override
        public String write(Sql sql) {
            return text;
        }

        @Override
        public void committed(String result) {
            announced.add(result);
        }
    }

    private static final class CountingHook implements CommitHook {
        private final AtomicInteger undone = new AtomicInteger();

        private final List<Boolean> commits = new CopyOnWriteArrayList<>();
        private final AtomicInteger rollbacks = new AtomicInteger();

        @Override
        public void onSavepoint() {}

        @Override
        public void afterUndo() {
            undone.incrementAndGet();
        }

        @Override
        public void beforeCommit(Sql sql) {}

        @Override
        public void afterCommit() {
            commits.add(true);
        }

        @Override
        public void afterRollback() {
            rollbacks.incrementAndGet();
        }
    }

    private static final class BrokenHook implements CommitHook {

        @Override
        public void onSavepoint() {}

        @Override
        public void afterUndo() {}

        @Override
        public void beforeCommit(Sql sql) {}

        @Override
        public void afterCommit() {
            throw new IllegalStateException("broken");
        }

        @Override
        public void afterRollback() {
            throw new IllegalStateException("broken");
        }
    }
}
