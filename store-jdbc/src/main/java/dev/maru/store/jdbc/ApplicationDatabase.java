package dev.maru.store.jdbc;

import dev.maru.engine.history.LogUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Where a database is: which one it is, and how it is shared with the application whose {@link DataSource} it may be.
 *
 * <p>In SQLite the store has connections of its own to the same file, because how each commit reaches the disk is a
 * matter of the connection, and a pool for SQLite has often only one. It turns the file's write-ahead log on, which stays
 * so; then the application's readers do not wait for the store's writer, nor the other way round. One process at a time
 * has the store open, which the file {@code <database>.maru.lock} makes sure of.
 *
 * <p>Immutable; confined to the thread that opens and closes the database.
 *
 * @param dialect speaks to it
 * @param claim ends with the store
 * @param place for people to read
 */
record ApplicationDatabase(Dialect dialect, AutoCloseable claim, String place) {

    private static final String SQLITE_URL = "jdbc:sqlite:";

    static ApplicationDatabase of(DataSource dataSource) {
        try (Connection connection = connect(dataSource)) {
            String url = connection.getMetaData().getURL();
            String product = connection.getMetaData().getDatabaseProductName();
            return switch (product) {
                case "PostgreSQL" -> new ApplicationDatabase(new PostgresDialect(dataSource), () -> {}, place(url));
                case "SQLite" -> sqlite(url);
                default ->
                    throw new IllegalArgumentException(
                            "Maru keeps its tables in SQLite or PostgreSQL, and this DataSource is of " + product
                                    + "; maru.chat.store=embedded gives it a database of its own");
            };
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** A pool may say that it has none with an exception of its own. */
    private static Connection connect(DataSource dataSource) throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (RuntimeException e) {
            throw unreachable(e.getCause() instanceof SQLException cause ? cause : e);
        }
    }

    private static LogUnavailableException unreachable(Exception cause) {
        return new LogUnavailableException("the database cannot be reached", cause);
    }

    /** Parameters of an address may be secret. */
    private static String place(String url) {
        return url.replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
    }

    private static ApplicationDatabase sqlite(String url) {
        Path file = file(url);
        try {
            Path lock = file.resolveSibling(file.getFileName() + ".maru.lock");
            return new ApplicationDatabase(new SqliteDialect(file), ProcessLock.take(lock), file.toString());
        } catch (IOException e) {
            throw new LogUnavailableException("the database " + file + " cannot be used", e);
        }
    }

    private static Path file(String url) {
        String name = url.substring(SQLITE_URL.length()).replaceFirst("\\?.*", "");
        if (name.isEmpty() || name.contains(":memory:") || url.contains("mode=memory")) {
            throw new IllegalArgumentException("a SQLite database in memory is one for each connection, so " + url
                    + " can hold no chat; name a file, or set maru.chat.store=embedded");
        }
        return Path.of(name.startsWith("file:") ? name.substring("file:".length()) : name)
                .toAbsolutePath()
                .normalize();
    }
}
