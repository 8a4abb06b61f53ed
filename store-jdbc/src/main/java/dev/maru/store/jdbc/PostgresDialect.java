package dev.maru.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL behind a {@link DataSource} of the application's. Its connections are borrowed for one transaction at a
 * time, so a pool has them back at once, in the state in which it lent them.
 *
 * <p>Whether a database is there is found out by waiting for it, in vain if it is not. So that what waits is refused soon,
 * and not one after the other, it is not asked again for a moment after that. One that took a question and is silent has
 * hung.
 *
 * <p>Safe for any thread.
 */
final class PostgresDialect implements Dialect {

    /** Connection lost, resources gone, operator intervention, system error, configuration, internal error. */
    private static final Set<String> OF_THE_DATABASE = Set.of("08", "53", "57", "58", "F0", "XX");

    private static final int CLASS_LENGTH = 2;
    private static final int LONGEST_SILENCE_MILLIS = 30_000;
    private static final long GIVEN_UP_FOR_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A process that is stopped in the middle holds the locks of its transaction no longer than this. */
    private static final String BEGIN_WRITING = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE;"
            + " SET LOCAL idle_in_transaction_session_timeout = '5s'";

    private final DataSource dataSource;
    private final AtomicReference<@Nullable Attempt> lastInVain = new AtomicReference<>();

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
        return open();
    }

    @Override
    public Connection openForReading() throws SQLException {
        return open();
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

    private Connection open() throws SQLException {
        Attempt last = lastInVain.get();
        if (last != null && System.nanoTime() - last.at() < GIVEN_UP_FOR_NANOS) {
            throw new SQLTransientConnectionException("there was no connection a moment ago", last.failure());
        }
        try {
            Connection connection = dataSource.getConnection();
            connection.setNetworkTimeout(Runnable::run, LONGEST_SILENCE_MILLIS);
            return connection;
        } catch (SQLException e) {
            lastInVain.set(new Attempt(System.nanoTime(), e));
            throw e;
        }
    }

    /** When there was no connection, and why. */
    private record Attempt(long at, SQLException failure) {}
}
