package dev.maru.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.maru.testkit.PostgresServer;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Several nodes in this process on one real PostgreSQL, each of which can be cut off from it.
 *
 * <p>Confined to the test's thread.
 */
final class TrialNodes implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final HikariDataSource pool;
    private final Map<Database, Line> nodes = new LinkedHashMap<>();

    /** An empty database that nobody has open. */
    TrialNodes() {
        pool = PostgresServer.pool("nodes_" + NUMBER.incrementAndGet());
    }

    /** Another node. */
    Database open() {
        return open(LEASE);
    }

    /** Another node with such a lease. */
    Database open(Duration lease) {
        Line line = new Line(pool);
        Database database = Database.of(line, DatabaseSettings.defaults().withNodeLease(lease));
        nodes.put(database, line);
        return database;
    }

    /** The node reaches the database no more, and its lease is over. */
    void lose(Database node) {
        cut(node);
        end(node);
    }

    /** The node reaches the database no more. */
    void cut(Database node) {
        nodes.get(node).cut = true;
    }

    /** The node reaches the database again. */
    void mend(Database node) {
        nodes.get(node).cut = false;
    }

    /** The node's lease is over. */
    void end(Database node) {
        run("UPDATE maru_node SET renewed_at = now(), expires_at = now(), people_until = now()" + " WHERE id = "
                + node.lease().node());
    }

    /** Runs a statement as an administrator would. */
    void run(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        nodes.keySet().forEach(Database::close);
        pool.close();
    }

    private static final class Line implements DataSource {
        private final DataSource pool;
        private volatile boolean cut;

        Line(DataSource pool) {
            this.pool = pool;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (cut) {
                throw new SQLException("the line is cut", "08001");
            }
            return pool.getConnection();
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return pool.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            pool.setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            pool.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return pool.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return pool.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return pool.isWrapperFor(type);
        }
    }
}
