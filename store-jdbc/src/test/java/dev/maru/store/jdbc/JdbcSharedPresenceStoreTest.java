package dev.maru.store.jdbc;

import static dev.maru.store.jdbc.TrialDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.history.LogUnavailableException;
import dev.maru.engine.presence.PresenceMove;
import dev.maru.engine.presence.PresentPerson;
import dev.maru.engine.presence.SharedPresenceStore;
import dev.maru.testkit.SharedPresenceContract;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JdbcSharedPresenceStoreTest extends SharedPresenceContract {
    private static final PresentPerson JANE = new PresentPerson("lobby", "Jane");
    private static final Duration AWAY = Duration.ofMinutes(1);

    private final TrialNodes nodes = new TrialNodes();
    private final Map<SharedPresenceStore, Database> databases = new HashMap<>();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Override
    protected SharedPresenceStore open() {
        Database database = nodes.open();
        SharedPresenceStore store = new JdbcSharedPresenceStore(database, Cluster.alone(), AWAY);
        databases.put(store, database);
        return store;
    }

    @Override
    protected void lose(SharedPresenceStore store) {
        nodes.lose(databases.get(store));
    }

    @Test
    void keepsThePeopleOfAClosedNodeForAWhile() {
        SharedPresenceStore third = open();
        await(third.apply(List.of(new PresenceMove(JANE, true))));
        long id = databases.get(third).lease().node();
        databases.get(third).close();

        SharedPresenceStore watcher = open();
        sweepTwice(watcher);
        assertThat(await(watcher.load()).people()).containsExactly(JANE);
        nodes.run("UPDATE maru_node SET people_until = now() WHERE id = " + id);
        awaitNobody(watcher);
    }

    @Test
    void givesEverybodyTimeToComeBackAfterAllNodesWereGone() {
        SharedPresenceStore before = open();
        await(before.apply(List.of(new PresenceMove(JANE, true))));
        databases.values().forEach(nodes::cut);
        nodes.run("UPDATE maru_node SET started_at = now() - INTERVAL '2 days', renewed_at = now() - INTERVAL '1 day',"
                + " expires_at = now() - INTERVAL '1 day', people_until = now() - INTERVAL '1 day'");

        SharedPresenceStore after = open();
        sweepTwice(after);
        assertThat(await(after.load()).people()).containsExactly(JANE);
        nodes.run("UPDATE maru_node SET started_at = started_at - INTERVAL '61 seconds'");
        awaitNobody(after);
    }

    @Test
    void lacksWhatAnotherNodeWasDeclaredDeadForUntilItHoldsItAgain() {
        SharedPresenceStore watcher = open();
        SharedPresenceStore late = open();
        await(late.apply(List.of(new PresenceMove(JANE, true))));
        AtomicInteger lost = new AtomicInteger();
        late.onNews(() -> {}, lost::incrementAndGet);
        lose(late);
        awaitNobody(watcher);
        nodes.mend(databases.get(late));

        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> lost.get() == 1);
        assertThat(await(late.apply(List.of(new PresenceMove(JANE, true))))).hasSize(1);
        assertThat(await(watcher.load()).people()).containsExactly(JANE);
    }

    @Test
    void holdsNobodyForANodeThatIsDeadAndDoesNotKnowIt() {
        SharedPresenceStore late = open();
        nodes.run("DELETE FROM maru_node WHERE id = "
                + databases.get(late).lease().node());

        assertThatThrownBy(() -> await(late.apply(List.of(new PresenceMove(JANE, true)))))
                .isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void forgetsOldChangesOfPlacesWhereNobodyIs() {
        SharedPresenceStore store = open();
        await(store.load());
        assertThat(await(store.after(0))).isPresent();
        nodes.run("INSERT INTO maru_presence_change (place, person, joined, node, changed_at)"
                + " VALUES ('empty', 'a', TRUE, 0, now() - INTERVAL '11 minutes')");
        Database database = databases.get(store);
        nodes.run("UPDATE maru_node SET expires_at = now() - INTERVAL '1 second' WHERE id <> "
                + database.lease().node());
        await(database.sideWriter().submit(sql -> {
            PresenceRows.forget(sql, database.lease().node());
            return true;
        }));

        assertThat(await(store.after(0)).orElseThrow()).isEmpty();
    }

    private void sweepTwice(SharedPresenceStore store) {
        AtomicInteger sweeps = new AtomicInteger();
        databases.get(store).lease().add(sql -> sweeps::incrementAndGet);
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> sweeps.get() > 1);
    }

    private static void awaitNobody(SharedPresenceStore store) {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> await(store.load()).people().isEmpty());
    }
}
