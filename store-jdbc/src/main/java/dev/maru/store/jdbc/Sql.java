package dev.maru.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements, kept from call to call. Texts of statements come from the program and
 * never from a client, so there are few.
 *
 * <p>Confined to the thread that it was handed to, for as long as the {@link Write} or {@link Read} runs.
 */
public final class Sql {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Product product;
    private long changes;

    Sql(Connection connection, Product product) {
        this.connection = connection;
        this.product = product;
    }

    /** Which database this is, for the few statements that both cannot understand. */
    public Product product() {
        return product;
    }

    /** Runs an INSERT, UPDATE or DELETE and returns how many rows it changed. */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        int changed = prepare(sql, parameters).executeUpdate();
        changes += changed;
        return changed;
    }

    /** Runs an INSERT that returns the id of its one row. */
    public long insert(String sql, @Nullable Object... parameters) throws SQLException {
        changes++;
        return first(sql, row -> row.getLong(1), parameters).orElseThrow();
    }

    /** All rows of the answer. */
    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        List<T> rows = new ArrayList<>();
        scan(sql, reader, row -> rows.add(row), parameters);
        return rows;
    }

    /** The first row of the answer. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        try (ResultSet result = prepare(sql, parameters).executeQuery()) {
            return result.next() ? Optional.of(reader.read(result)) : Optional.empty();
        }
    }

    /** Reads rows for as long as the consumer returns true. */
    public <T> void scan(String sql, RowReader<T> reader, Predicate<T> consumer, @Nullable Object... parameters)
            throws SQLException {
        try (ResultSet result = prepare(sql, parameters).executeQuery()) {
            boolean wanted = true;
            while (wanted && result.next()) {
                wanted = consumer.test(reader.read(result));
            }
        }
    }

    /** How many rows were changed through this object so far. */
    long changes() {
        return changes;
    }

    void execute(String sql) throws SQLException {
        prepare(sql).execute();
    }

    Connection connection() {
        return connection;
    }

    /** Gives the connection up; where it is a pool's, that has it back. */
    void close() {
        try {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
            statements.clear();
            connection.close();
        } catch (SQLException e) {
            // The connection is given up in either case, mostly because it failed before.
            statements.clear();
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql, Statement.NO_GENERATED_KEYS);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
