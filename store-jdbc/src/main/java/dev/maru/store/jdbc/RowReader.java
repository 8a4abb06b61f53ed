package dev.maru.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Makes a value of the row that the result stands on; does not move it.
 *
 * <p>Called on the thread that asked.
 */
@FunctionalInterface
public interface RowReader<T> {

    T read(ResultSet row) throws SQLException;
}
