package dev.maru.store.jdbc;

import static dev.maru.store.jdbc.TrialDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NodeLeaseTest {
    private static final String LIVING = "SELECT id FROM maru_node WHERE expires_at > clock_timestamp() ORDER BY id";

    private final TrialNodes nodes = new TrialNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void givesEachNodeAnIdOfItsOwn() {
        Database one = nodes.open();
        Database other = nodes.open();

        assertThat(ids(one)).containsExactly(id(one), id(other));
    }

    @Test
    void goesOnForAsLongAsTheNodeLives() {
        Database brief = nodes.open(Duration.ofMillis(300));
        Database watcher = nodes.open();
        long id = id(brief);
        AtomicInteger renewals = new AtomicInteger();
        brief.lease().add(sql -> renewals::incrementAndGet);

        eventually(() -> assertThat(renewals).hasValueGreaterThan(5));
        assertThat(id(brief)).isEqualTo(id);
        assertThat(ids(watcher)).contains(id);
    }

    @Test
    void endsWithTheNode() {
        Database watcher = nodes.open();
        Database other = nodes.open();
        other.close();

        assertThat(ids(watcher)).containsExactly(id(watcher));
    }

    @Test
    void isStillTheSameAfterALateRenewalThatNobodyNoticed() {
        Database watcher = nodes.open(Duration.ofMinutes(10));
        Database late = nodes.open(Duration.ofMillis(300));
        long id = id(late);
        nodes.cut(late);
        nodes.end(late);
        assertThat(ids(watcher)).doesNotContain(id);
        nodes.mend(late);

        eventually(() -> assertThat(ids(watcher)).contains(id));
        assertThat(id(late)).isEqualTo(id);
    }

    @Test
    void isAnotherOneForANodeThatWasDeclaredDead() {
        Database watcher = nodes.open();
        Database late = nodes.open(Duration.ofMillis(300));
        long id = id(late);
        AtomicInteger told = new AtomicInteger();
        late.lease().onNewNode(told::incrementAndGet);
        nodes.run("DELETE FROM maru_node WHERE id = " + id);

        eventually(() -> assertThat(told).hasValue(1));
        assertThat(id(late)).isGreaterThan(id);
        assertThat(ids(watcher)).containsExactly(id(watcher), id(late));
    }

    @Test
    void sparesTheOthersForALeaseWhenTheDatabaseWasGone() {
        Database node = nodes.open(Duration.ofMillis(600));
        AtomicInteger sweeps = new AtomicInteger();
        node.lease().add(sql -> sweeps::incrementAndGet);
        eventually(() -> assertThat(sweeps).hasPositiveValue());
        nodes.cut(node);
        Awaitility.await().during(Duration.ofMillis(500)).until(() -> true);
        int before = sweeps.get();
        long mended = System.nanoTime();
        nodes.mend(node);

        eventually(() -> assertThat(sweeps).hasValueGreaterThan(before));
        assertThat(Duration.ofNanos(System.nanoTime() - mended)).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void sweepsAgainAfterASweepThatFailed() {
        Database node = nodes.open(Duration.ofMillis(300));
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger later = new AtomicInteger();
        node.lease().add(sql -> {
            attempts.incrementAndGet();
            sql.update("no such statement");
            return () -> {};
        });
        node.lease().add(sql -> later::incrementAndGet);

        eventually(() -> assertThat(attempts).hasValueGreaterThan(1));
        eventually(() -> assertThat(later).hasValueGreaterThan(1));
    }

    private static List<Long> ids(Database database) {
        return await(database.readers().read(sql -> sql.list(LIVING, row -> row.getLong(1))));
    }

    private static long id(Database database) {
        return database.lease().node();
    }

    private static void eventually(Runnable assertion) {
        Awaitility.await().atMost(30, TimeUnit.SECONDS).untilAsserted(assertion::run);
    }
}
