package dev.maru.server.account;

import dev.maru.store.jdbc.Database;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The admin's token. The first start writes it to the data folder, readable by its owner only; whoever can read that
 * file administers the server. Nodes that share a database have one token in common.
 *
 * <p>Safe for any thread; never blocks.
 */
@FunctionalInterface
interface AdminToken {

    /** Whether this is it. */
    CompletionStage<Boolean> matches(String given);

    /** Finds the token, and makes it first where there is none. Blocks. */
    static AdminToken readOrCreate(Database database, Path folder) {
        AdminTokenFile file = new AdminTokenFile(folder);
        return database.isShared() ? SharedAdminToken.readOrCreate(database, file) : of(file.readOrCreate());
    }

    private static AdminToken of(String token) {
        return given -> CompletableFuture.completedStage(Secrets.equal(token, given));
    }
}
