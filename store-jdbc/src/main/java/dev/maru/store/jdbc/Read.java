package dev.maru.store.jdbc;

import java.sql.SQLException;

/**
 * One question to the database.
 *
 * <p>Runs on a reading thread; may be asked on several at once.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface Read<T> {

    T read(Sql sql) throws SQLException;
}
