package dev.maru.server.account;

import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin's token of all nodes on one database, which has its hash. The node that starts first makes it and has it in
 * its file; the database is asked each time, so that a token that was replaced is none on any node.
 *
 * <p>Safe for any thread; never blocks, {@link #readOrCreate} excepted.
 */
final class SharedAdminToken implements AdminToken {
    private static final Logger LOG = LoggerFactory.getLogger(SharedAdminToken.class);

    private final Database database;
    private final String hashAtStart;

    private SharedAdminToken(Database database, String hashAtStart) {
        this.database = database;
        this.hashAtStart = hashAtStart;
    }

    /** Makes a token where the database knows none. */
    static SharedAdminToken readOrCreate(Database database, AdminTokenFile file) {
        String hash = database.writer()
                .submitApart(sql -> readOrCreate(sql, file))
                .toCompletableFuture()
                .join();
        if (file.read().map(Secrets::hash).filter(own -> !own.equals(hash)).isPresent()) {
            LOG.warn("{} is not the admin's token of this database, and opens nothing", file.path());
        }
        return new SharedAdminToken(database, hash);
    }

    @Override
    public CompletionStage<Boolean> matches(String given) {
        String hash = Secrets.hash(given);
        // Not every token of another issuer is worth a question.
        if (!given.startsWith(AdminTokenFile.PREFIX) && !hash.equals(hashAtStart)) {
            return CompletableFuture.completedStage(false);
        }
        return database.readers().read(sql -> find(sql).filter(hash::equals).isPresent());
    }

    /**
     * Whoever comes second waits at the insertion until the first has committed, and so finds what that one made; its
     * file is on the disk by then.
     */
    private static String readOrCreate(Sql sql, AdminTokenFile file) throws SQLException {
        Optional<String> known = find(sql);
        if (known.isPresent()) {
            return known.get();
        }
        sql.update("LOCK TABLE maru_admin_token IN EXCLUSIVE MODE");
        if (find(sql).isEmpty()) {
            sql.update("INSERT INTO maru_admin_token (id, hash) VALUES (1, ?)", Secrets.hash(file.readOrCreate()));
        }
        return find(sql).orElseThrow();
    }

    private static Optional<String> find(Sql sql) throws SQLException {
        return sql.first("SELECT hash FROM maru_admin_token WHERE id = 1", row -> row.getString(1));
    }
}
