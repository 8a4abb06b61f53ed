package dev.maru.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * What differs between databases.
 *
 * <p>Safe for any thread.
 */
interface Dialect {

    Product product();

    /** Says where the migrations connect to. */
    FluentConfiguration connect(FluentConfiguration flyway);

    /** A connection for the writer. */
    Connection openForWriting() throws SQLException;

    /** A connection for questions. */
    Connection openForReading() throws SQLException;

    /** Whether connections are the store's own, and kept from one transaction to the next. */
    boolean keepsConnections();

    /** Whether other processes may write to the same tables, so that what is known of a row holds while it is locked. */
    boolean isShared();

    /** Begins a transaction that will write. */
    void beginWriting(Sql sql) throws SQLException;

    /** Begins a transaction that sees one state of the database and cannot change anything. */
    void beginReading(Sql sql) throws SQLException;

    void commit(Sql sql) throws SQLException;

    void rollback(Sql sql) throws SQLException;

    /** Whether the statement was at fault, so that others may well succeed; otherwise the database is. */
    boolean isFaultOfStatement(SQLException failure);
}
