package dev.maru.store.jdbc;

import static dev.maru.store.jdbc.TrialDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.presence.PresentPerson;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdbcPresenceStoreTest {

    private static final PresentPerson MINSU = new PresentPerson("lobby", "민수");
    private static final PresentPerson JANE = new PresentPerson("lobby", "Jane");

    @TempDir
    private Path folder;

    @Test
    void remembersWhoIsWhereAcrossARestart() {
        try (TrialDatabase trial = TrialDatabase.in(folder)) {
            JdbcPresenceStore store = store(trial);
            store.put(MINSU);
            store.put(MINSU);
            store.put(JANE);
            store.remove(MINSU);
            assertThat(load(store)).containsExactly(JANE);
            store.put(MINSU);
        }

        try (TrialDatabase trial = TrialDatabase.in(folder)) {
            assertThat(load(store(trial))).containsExactlyInAnyOrder(JANE, MINSU);
        }
    }

    private static JdbcPresenceStore store(TrialDatabase trial) {
        return new JdbcPresenceStore(trial.database(), InstantSource.system());
    }

    private static Collection<PresentPerson> load(JdbcPresenceStore store) {
        return await(store.load().thenApply(people -> people));
    }
}
