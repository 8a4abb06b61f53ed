package dev.maru.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A real PostgreSQL, one for all tests of a JVM, that ends with it.
 *
 * <p>Safe for any thread.
 */
public final class PostgresServer {

    private static final PostgresServer RUNNING = new PostgresServer();
    private static final int POOL = 4;

    private final Set<String> databases = ConcurrentHashMap.newKeySet();
    private final EmbeddedPostgres server;

    private PostgresServer() {
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A pool of few connections, as an application would have it, of the database with this name, which is made at the
     * first call. Whoever calls closes it.
     *
     * @param name letters, digits and {@code _}
     */
    public static HikariDataSource pool(String name) {
        RUNNING.create(name);
        HikariConfig config = new HikariConfig();
        config.setDataSource(RUNNING.server.getDatabase("postgres", name));
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** Where it listens, on the loopback interface. */
    public static int port() {
        return RUNNING.server.getPort();
    }

    /**
     * How JDBC reaches the database with this name from any process, which is made at the first call.
     *
     * @param port {@link #port()}, or that of something in between
     */
    public static String url(String name, int port) {
        RUNNING.create(name);
        return "jdbc:postgresql://localhost:%d/%s?user=postgres".formatted(port, name);
    }

    private void create(String name) {
        if (!name.matches("[a-z0-9_]{1,60}")) {
            throw new IllegalArgumentException("no name for a database: " + name);
        }
        if (!databases.add(name)) {
            return;
        }
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
