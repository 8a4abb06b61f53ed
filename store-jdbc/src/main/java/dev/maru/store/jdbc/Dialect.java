package dev.maru.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What differs between databases.
 *
 * <p>Safe for any thread.
 */
interface Dialect {

    /** The name of the folder with this database's migration scripts. */
    String name();

    /** Where the migrations connect to. */
    String url();

    /** A connection in auto-commit mode for the writer, which begins and ends its transactions by statements. */
    Connection openForWriting() throws SQLException;

    /** A connection in auto-commit mode that cannot change anything. */
    Connection openForReading() throws SQLException;

    /** The statement that begins a transaction that will write. */
    String beginWriting();

    /** Whether the statement was at fault, so that others may well succeed; otherwise the database is. */
    boolean isFaultOfStatement(SQLException failure);
}
