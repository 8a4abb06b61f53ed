package dev.maru.store.jdbc;

import dev.maru.engine.presence.PresenceStore;
import dev.maru.engine.presence.PresentPerson;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Who is where, in a database that one process has for itself: one row for each pair of place and person, a lease that the
 * database's owner holds for them.
 *
 * <p>Safe for any thread.
 */
public final class JdbcPresenceStore implements PresenceStore {

    private final Database database;
    private final InstantSource time;

    /** @throws IllegalArgumentException if the database is shared; {@link JdbcSharedPresenceStore} is for those */
    public JdbcPresenceStore(Database database, InstantSource time) {
        if (database.isShared()) {
            throw new IllegalArgumentException("this database may have several processes: " + database.product());
        }
        this.database = database;
        this.time = time;
    }

    /** Goes through the writer, so that it sees everything that was put before. */
    @Override
    public CompletionStage<? extends Collection<PresentPerson>> load() {
        return database.writer()
                .submit(sql -> sql.list(
                        "SELECT place, person FROM maru_presence ORDER BY place, leased_at, person",
                        row -> new PresentPerson(row.getString(1), row.getString(2))));
    }

    @Override
    public CompletionStage<?> put(PresentPerson person) {
        return database.writer()
                .submit(sql -> sql.update(
                        "INSERT INTO maru_presence (place, person, leased_at) VALUES (?, ?, ?)"
                                + " ON CONFLICT (place, person) DO NOTHING",
                        person.place(),
                        person.person(),
                        time.millis()));
    }

    @Override
    public CompletionStage<?> remove(PresentPerson person) {
        return database.writer()
                .submit(sql -> sql.update(
                        "DELETE FROM maru_presence WHERE place = ? AND person = ?", person.place(), person.person()));
    }
}
