package dev.maru.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * SQLite in one file: write-ahead log, and every commit synced to the disk.
 *
 * <p>Safe for any thread.
 */
final class SqliteDialect implements Dialect {

    private static final int CONSTRAINT = 19;
    private static final int TOO_BIG = 18;
    private static final int MISMATCH = 20;
    private static final int PRIMARY_CODE = 0xff;

    private final Path file;

    SqliteDialect(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String url() {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    @Override
    public Connection openForWriting() throws SQLException {
        return DriverManager.getConnection(url(), properties());
    }

    @Override
    public Connection openForReading() throws SQLException {
        Connection connection = DriverManager.getConnection(url(), properties());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        }
        return connection;
    }

    /** A deferred transaction that reads first could find the database changed when it writes, and fail at once. */
    @Override
    public String beginWriting() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public boolean isFaultOfStatement(SQLException failure) {
        int code = failure.getErrorCode() & PRIMARY_CODE;
        return code == CONSTRAINT || code == TOO_BIG || code == MISMATCH;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("journal_mode", "WAL");
        properties.setProperty("synchronous", "FULL");
        properties.setProperty("busy_timeout", "5000");
        properties.setProperty("foreign_keys", "true");
        properties.setProperty("cache_size", "-16000");
        properties.setProperty("journal_size_limit", "67108864");
        properties.setProperty("wal_autocheckpoint", "8000");
        properties.setProperty("jdbc.get_generated_keys", "false");
        return properties;
    }
}
