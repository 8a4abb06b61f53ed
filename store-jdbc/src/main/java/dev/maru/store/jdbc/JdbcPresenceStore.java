package dev.maru.store.jdbc;

import dev.maru.engine.presence.PresenceStore;
import dev.maru.engine.presence.PresentPerson;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Who is where, one row for each pair of place and person.
 *
 * <p>Safe for any thread.
 */
public final class JdbcPresenceStore implements PresenceStore {

    public JdbcPresenceStore(Database database, InstantSource time) {}

    @Override
    public CompletionStage<? extends Collection<PresentPerson>> load() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<?> put(PresentPerson person) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<?> remove(PresentPerson person) {
        throw new UnsupportedOperationException();
    }
}
