package dev.maru.store.jdbc;

import java.sql.SQLException;
import java.util.Set;

/**
 * One change of the database, done as part of a group commit.
 *
 * <p>Runs on the writer's thread. If its group fails it is run a second time, alone, so it must have no effect but
 * through its {@link Sql}.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface Write<T> {

    /** A write with this one key. */
    static <T> Write<T> on(String key, Write<T> write) {
        return new WriteOn<>(key, write);
    }

    /**
     * Does the change. A {@link dev.maru.engine.fault.Refusal} takes back this write only, and is free of cost if nothing was
     * changed before it; if something was, and for anything else that is thrown, the writer tries each write of the group
     * alone, unless this one {@link #isUndoable}.
     */
    T write(Sql sql) throws SQLException;

    /**
     * Whether it is done behind a savepoint, so that its failure costs the others nothing: for a write of several changes
     * of which a later one may be refused, since whoever asks for it could make it fail at will.
     */
    default boolean isUndoable() {
        return false;
    }

    /** What it will change that other processes may change as well, by name; always the same. */
    default Set<String> keys() {
        return Set.of();
    }

    /** About how many bytes it keeps in memory while it waits, beside a few hundred for itself. Always the same. */
    default long bytes() {
        return 0;
    }

    /**
     * The change is durable. Called on the writer's thread in the order of the writes, before the stage of the write
     * completes; must be quick.
     */
    default void committed(T result) {}
}
