package dev.maru.store.jdbc;

import dev.maru.engine.history.LogUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * What can be done with a database from outside, by a process that is not its server; mostly with the file of an
 * embedded one.
 *
 * <p>Stateless; safe for any thread. Blocks.
 */
public final class DatabaseCopy {

    private DatabaseCopy() {}

    /**
     * Asks the database of a data folder, while a server may be writing to it. The answer is of one moment: everything
     * that was receipted before is in it.
     *
     * @throws LogUnavailableException if there is no database, or it cannot be read
     */
    public static <T> T read(Path folder, Read<T> read) {
        return ask(database(folder), read);
    }

    /**
     * Asks a PostgreSQL. The answer is of one moment: everything that was receipted before is in it.
     *
     * @throws LogUnavailableException if it cannot be read
     */
    public static <T> T read(DataSource postgres, Read<T> read) {
        Dialect dialect = new PostgresDialect(postgres);
        try {
            Sql sql = new Sql(dialect.openForReading(), dialect.product());
            try {
                dialect.beginReading(sql);
                return read.read(sql);
            } finally {
                sql.close();
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("the database cannot be read", e);
        }
    }

    /**
     * Writes the database of a data folder, as it is at one moment, to a file that is not there, while a server may be
     * writing to it. Only its owner can read it.
     *
     * @throws LogUnavailableException if that cannot be done; then the file may be there, and is no database
     */
    public static void write(Path folder, Path copy) {
        Path database = database(folder);
        try {
            Files.createFile(copy, OwnerOnly.file(copy));
            Sql sql = new Sql(new SqliteDialect(database).openForWriting(), Product.SQLITE);
            try {
                sql.update("VACUUM INTO ?", copy.toAbsolutePath().toString());
            } finally {
                sql.close();
            }
        } catch (SQLException | IOException e) {
            throw new LogUnavailableException("the database in " + folder + " cannot be copied", e);
        }
    }

    /** Asks a copy. */
    public static <T> T ask(Path copy, Read<T> read) {
        try {
            Sql sql = new Sql(new SqliteDialect(copy).openForReading(), Product.SQLITE);
            try {
                sql.execute("BEGIN");
                return read.read(sql);
            } finally {
                sql.close();
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("the database " + copy + " cannot be read", e);
        }
    }

    /**
     * Makes a copy that no server has used yet a store of its own, in which no position of the first one means anything.
     *
     * @return its epoch
     * @throws LogUnavailableException if the copy is damaged
     */
    public static String renew(Path copy) {
        try {
            Sql sql = new Sql(new SqliteDialect(copy).openForWriting(), Product.SQLITE);
            try {
                String state = sql.first("PRAGMA quick_check(1)", row -> row.getString(1))
                        .orElseThrow();
                if (!state.equals("ok")) {
                    throw new SQLException(state);
                }
                return StoreEpoch.renew(sql);
            } finally {
                sql.close();
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("the copy of the database is damaged", e);
        }
    }

    /** Puts what stands in a database's write-ahead log into its file, so that the file is all of it. */
    public static void settle(Path folder) {
        try {
            Sql sql = new Sql(new SqliteDialect(database(folder)).openForWriting(), Product.SQLITE);
            try {
                sql.first("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1));
            } finally {
                sql.close();
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("the database in " + folder + " cannot be settled", e);
        }
    }

    /** Opening it by its name alone would make it. */
    private static Path database(Path folder) {
        Path database = folder.resolve(DataFolder.DATABASE);
        try {
            if (!Files.exists(database) || Files.size(database) == 0) {
                throw new IOException("there is none");
            }
            return database;
        } catch (IOException e) {
            throw new LogUnavailableException("the database in " + folder + " cannot be read", e);
        }
    }
}
