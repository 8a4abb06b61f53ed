package dev.maru.store.jdbc;

import java.sql.SQLException;
import java.util.Set;

/**
 * A write that has a key.
 *
 * <p>As thread-safe as the other is.
 *
 * @param key names what it changes
 * @param write does it
 */
record WriteOn<T>(String key, Write<T> write) implements Write<T> {

    @Override
    public T write(Sql sql) throws SQLException {
        return write.write(sql);
    }

    @Override
    public boolean isUndoable() {
        return write.isUndoable();
    }

    @Override
    public Set<String> keys() {
        return Set.of(key);
    }

    @Override
    public long bytes() {
        return write.bytes();
    }

    @Override
    public void committed(T result) {
        write.committed(result);
    }
}
