package dev.maru.store.jdbc;

import static dev.maru.store.jdbc.TrialDatabase.await;
import static dev.maru.store.jdbc.TrialDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.maru.engine.history.LogUnavailableException;
import dev.maru.testkit.PostgresServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

final class PostgresDatabaseTest {

    private HikariDataSource pool;
    private TrialDatabase trial;

    @BeforeEach
    void open(TestInfo test) {
        pool = PostgresServer.pool(
                "store_" + Integer.toHexString(test.getDisplayName().hashCode()));
        trial = open();
    }

    @AfterEach
    void close() {
        trial.close();
        pool.close();
    }

    @Test
    void storesAndReadsBackInTheOrderOfTheCalls() {
        List<CompletionStage<String>> stages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            stages.add(trial.submit("text " + i));
        }
        stages.forEach(TrialDatabase::await);

        assertThat(trial.texts()).hasSize(1_000).startsWith("text 0", "text 1").endsWith("text 999");
    }

    @Test
    void oneBadWriteDoesNotSpoilTheOthers() {
        List<CompletionStage<String>> good = new ArrayList<>();
        CompletionStage<String> bad = null;
        for (int i = 0; i < 20; i++) {
            good.add(trial.submit("good"));
            bad = trial.submit("bad");
        }
        CompletionStage<String> last = bad;

        good.forEach(TrialDatabase::await);
        assertThatThrownBy(() -> await(last)).isInstanceOf(LogUnavailableException.class);
        assertThat(trial.texts()).hasSize(20).containsOnly("good");
    }

    @Test
    void writesThatBelongTogetherAreUndoneTogetherAndTheGroupGoesOn() {
        CompletionStage<String> before = trial.submit("before");
        List<CompletionStage<String>> pair = new ArrayList<>();
        trial.database().writer().together(() -> {
            pair.add(trial.submit("half"));
            pair.add(trial.submit("bad"));
        });
        CompletionStage<String> after = trial.submit("after");

        await(before);
        await(after);
        pair.forEach(stage -> assertThatThrownBy(() -> await(stage)).isInstanceOf(LogUnavailableException.class));
        assertThat(trial.texts()).containsExactly("before", "after");
    }

    @Test
    void keepsItsEpochAndItsRows() {
        String epoch = trial.database().epoch();
        await(trial.submit("kept"));
        trial.close();
        trial = open();

        assertThat(trial.database().epoch()).isEqualTo(epoch).matches("[a-z0-9]{1,16}");
        assertThat(trial.texts()).containsExactly("kept");
    }

    @Test
    void givesConnectionsBackAsTheyWere() throws SQLException {
        await(trial.submit("one"));
        trial.texts();

        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
        }
    }

    @Test
    void readersCannotChangeAnything() {
        assertThatThrownBy(() -> await(trial.database().readers().read(insert("sneaky")::write)))
                .isInstanceOf(LogUnavailableException.class);
        assertThat(trial.texts()).isEmpty();
    }

    @Test
    void goesOnAfterTheDatabaseThrewItsConnectionsOut() throws SQLException {
        await(trial.submit("before"));
        run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await(trial.submit("after").exceptionallyCompose(_ -> trial.submit("after")));

        assertThat(trial.texts()).containsExactly("before", "after");
    }

    @Test
    void neverStoresTwiceWhatItCannotKnowToBeStored() {
        AtomicBoolean lossy = new AtomicBoolean();
        AtomicInteger doubts = new AtomicInteger();
        Database database = Database.of(losingAnswers(lossy), DatabaseSettings.defaults());
        try (TrialDatabase lost = new TrialDatabase(database)) {
            database.writer().onDoubt(doubts::incrementAndGet);
            CountDownLatch all = new CountDownLatch(1);
            List<CompletionStage<?>> stages = new ArrayList<>();
            stages.add(database.writer().submit(_ -> released(all)));
            for (int i = 0; i < 10; i++) {
                stages.add(lost.submit("text " + i));
            }
            stages.add(database.writer().submit(_ -> {
                lossy.set(true);
                return true;
            }));
            all.countDown();

            Awaitility.await().untilAsserted(() -> assertThat(doubts).hasValue(1));
            assertThat(stages.subList(1, 11))
                    .allMatch(stage -> stage.toCompletableFuture().isCompletedExceptionally());
            assertThat(trial.texts()).hasSize(10).doesNotHaveDuplicates();
        }
    }

    private static boolean released(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Once, a commit takes place and its answer does not arrive. */
    private DataSource losingAnswers(AtomicBoolean lossy) {
        return (DataSource) proxy(
                DataSource.class,
                pool,
                (method, result) -> result instanceof Connection connection
                        ? proxy(Connection.class, connection, (called, answer) -> {
                            if (called.getName().equals("commit") && lossy.getAndSet(false)) {
                                throw new SQLException("the answer was lost", "08006");
                            }
                            return answer;
                        })
                        : result);
    }

    private interface After {
        @Nullable Object call(Method method, @Nullable Object result) throws SQLException;
    }

    private static Object proxy(Class<?> type, Object target, After after) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            try {
                return after.call(method, method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @Test
    void hasOnlyTablesWithAPrefixOfItsOwn() throws SQLException {
        run("CREATE TABLE customer (id INTEGER)");

        assertThat(tables()).contains("customer").allMatch(name -> name.startsWith("maru_") || name.equals("customer"));
    }

    private TrialDatabase open() {
        Database database = Database.of(pool, DatabaseSettings.defaults());
        database.migrate("trial", "dev/maru/store/jdbc/trial");
        return new TrialDatabase(database);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> tables() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                ResultSet tables = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }
}
