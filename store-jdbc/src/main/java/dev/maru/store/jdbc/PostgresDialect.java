package dev.maru.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * PostgreSQL behind a {@link DataSource} of the application's. Its connections are borrowed for one transaction at a
 * time, so a pool has them back at once, in the state in which it lent them.
 *
 * <p>Safe for any thread.
 */
final class PostgresDialect implements Dialect {

    /** Connection lost, resources gone, operator intervention, system error, configuration, internal error. */
    private static final Set<String> OF_THE_DATABASE = Set.of("08", "53", "57", "58", "F0", "XX");

    private static final int CLASS_LENGTH = 2;

    /** A process that is stopped in the middle holds the locks of its transaction no longer than this. */
    private static final String BEGIN_WRITING = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE;"
            + " SET LOCAL idle_in_transaction_session_timeout = '5s'";

    private final DataSource dataSource;

    PostgresDialect(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Product product() {
        return Product.POSTGRESQL;
    }

    @Override
    public FluentConfiguration connect(FluentConfiguration flyway) {
        return flyway.dataSource(dataSource);
    }

    @Override
    public Connection openForWriting() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public Connection openForReading() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public boolean keepsConnections() {
        return false;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void beginWriting(Sql sql) throws SQLException {
        sql.connection().setAutoCommit(false);
        sql.execute(BEGIN_WRITING);
    }

    @Override
    public void beginReading(Sql sql) throws SQLException {
        sql.connection().setAutoCommit(false);
        sql.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    @Override
    public void commit(Sql sql) throws SQLException {
        sql.connection().commit();
        sql.connection().setAutoCommit(true);
    }

    @Override
    public void rollback(Sql sql) throws SQLException {
        sql.connection().rollback();
        sql.connection().setAutoCommit(true);
    }

    @Override
    public boolean isFaultOfStatement(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && state.length() >= CLASS_LENGTH
                && !OF_THE_DATABASE.contains(state.substring(0, CLASS_LENGTH));
    }
}
