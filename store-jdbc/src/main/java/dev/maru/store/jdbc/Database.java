package dev.maru.store.jdbc;

import dev.maru.engine.history.LogUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * An open database: its writer, its readers and its epoch.
 *
 * <p>Safe for any thread, opening and closing excepted.
 */
public final class Database implements AutoCloseable {

    private static final String OWN_MIGRATIONS = "dev/maru/store/jdbc/migration";

    private final Dialect dialect;
    private final AutoCloseable claim;
    private final String place;
    private final String epoch;
    private final GroupCommitWriter writer;
    private final GroupCommitWriter sideWriter;
    private final Readers readers;
    private final Readers slowReaders;
    private final @Nullable NodeLease lease;

    private Database(ApplicationDatabase database, DatabaseSettings settings) {
        this.dialect = database.dialect();
        this.claim = database.claim();
        this.place = database.place();
        migrate("store", OWN_MIGRATIONS);
        this.epoch = readEpoch(dialect);
        this.lease = dialect.isShared() ? new NodeLease(dialect, settings.nodeLease()) : null;
        this.writer = new GroupCommitWriter(dialect, settings);
        this.sideWriter = dialect.isShared() ? new GroupCommitWriter(dialect, settings) : writer;
        this.readers = new Readers("maru-reader", dialect, settings.readers(), settings.waitingReads());
        this.slowReaders = new Readers("maru-slow-reader", dialect, settings.slowReaders(), settings.waitingReads());
    }

    /**
     * Opens the SQLite database {@code maru.db} in a folder, which is made, readable by its owner only, if it is not
     * there. One process at a time can have it open. Blocks.
     *
     * @throws LogUnavailableException if that cannot be done
     */
    public static Database sqlite(Path folder, DatabaseSettings settings) {
        DataFolder data = DataFolder.open(folder);
        try {
            SqliteDialect dialect = new SqliteDialect(data.database());
            return new Database(new ApplicationDatabase(dialect, data, folder.toString()), settings);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /**
     * Opens the store in the database of an application's own {@link DataSource}, SQLite or PostgreSQL. Its tables have
     * names that begin with {@code maru_}, those of their migrations among them; nothing else there is touched. The data
     * source stays the caller's to close, after this. Blocks.
     *
     * @throws LogUnavailableException if that cannot be done, or it is another database
     */
    public static Database of(DataSource dataSource, DatabaseSettings settings) {
        ApplicationDatabase database = ApplicationDatabase.of(dataSource);
        try {
            return new Database(database, settings);
        } catch (RuntimeException e) {
            close(database.claim());
            throw e;
        }
    }

    /** Where this is, for people to read; without a password. */
    public String place() {
        return place;
    }

    /** Which database this is. */
    public Product product() {
        return dialect.product();
    }

    /** Whether other processes may write to the same tables. */
    public boolean isShared() {
        return dialect.isShared();
    }

    /**
     * Brings a module's tables up to date. The module has a history of its own, the table
     * {@code maru_history_<module>}; its scripts lie in {@code <location>/<dialect>}. Blocks.
     *
     * @param module lower-case letters
     * @param location on the class path, for instance {@code dev/maru/chat/migration}
     * @throws LogUnavailableException if that cannot be done
     */
    public void migrate(String module, String location) {
        try {
            dialect.connect(Flyway.configure())
                    .locations("classpath:" + location + "/" + dialect.product().folder())
                    .table("maru_history_" + module)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .failOnMissingLocations(true)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new LogUnavailableException("the tables of " + module + " cannot be brought up to date", e);
        }
    }

    /** The one way to change the database. */
    public GroupCommitWriter writer() {
        return writer;
    }

    /** For what would keep messages waiting because nodes take turns at it; another one only where there are others. */
    GroupCommitWriter sideWriter() {
        return sideWriter;
    }

    /** For questions that indexes answer. */
    public Readers readers() {
        return readers;
    }

    /** For questions that may take long, so that they never stand in the way of the others. */
    public Readers slowReaders() {
        return slowReaders;
    }

    /** This process among those that share the database, or null if it is shared with none. */
    @Nullable NodeLease lease() {
        return lease;
    }

    /** The life of this store: {@code [a-z0-9]{1,16}}, random at creation, part of every position in it. */
    public String epoch() {
        return epoch;
    }

    /** Finishes what waits and closes all connections. Idempotent. */
    @Override
    public void close() {
        writer.close();
        sideWriter.close();
        readers.close();
        slowReaders.close();
        if (lease != null) {
            lease.close();
        }
        close(claim);
    }

    private static void close(AutoCloseable claim) {
        try {
            claim.close();
        } catch (Exception e) {
            throw new LogUnavailableException("the database cannot be closed", e);
        }
    }

    private static String readEpoch(Dialect dialect) {
        try {
            Sql sql = new Sql(dialect.openForWriting(), dialect.product());
            try {
                return StoreEpoch.readOrCreate(sql);
            } finally {
                sql.close();
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("the epoch of the store cannot be read", e);
        }
    }
}
