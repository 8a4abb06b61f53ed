package dev.maru.server.account;

import dev.maru.engine.fault.Refusal;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The table of accounts. A name is never used again, so that nobody inherits what another one wrote.
 *
 * <p>Safe for any thread; nothing here blocks the caller. What a client did wrong completes a stage exceptionally with
 * a {@link Refusal}.
 */
final class Accounts {
    private static final int MOST_LISTED = 10_000;
    private static final String COLUMNS = "SELECT name, display_name, roles, disabled_at, created_at FROM maru_account";

    private final Database database;
    private final Passwords passwords;
    private final InstantSource time;

    Accounts(Database database, Passwords passwords, InstantSource time) {
        this.database = database;
        this.passwords = passwords;
        this.time = time;
    }

    CompletionStage<Account> create(
            @Nullable String rawName,
            @Nullable String rawDisplayName,
            @Nullable String rawPassword,
            @Nullable List<String> rawRoles) {
        return refusing(() -> {
            String name = AccountRules.name(rawName);
            String displayName = AccountRules.displayName(rawDisplayName, name);
            Set<String> roles = AccountRules.roles(rawRoles);
            Account account = new Account(name, displayName, roles, false, now());
            return passwords
                    .hash(AccountRules.password(rawPassword))
                    .thenCompose(hash -> database.writer().submit(sql -> insert(sql, account, hash)));
        });
    }

    CompletionStage<List<Account>> list() {
        return database.readers()
                .read(sql -> sql.list(
                        COLUMNS + " WHERE deleted_at IS NULL ORDER BY name LIMIT " + MOST_LISTED, Accounts::account));
    }

    /** The account of this name; nothing if there is none, or not any more. */
    CompletionStage<Optional<Account>> find(String name) {
        return database.readers().read(sql -> find(sql, name));
    }

    /** Whether an account of this name is disabled, or was deleted. */
    CompletionStage<Boolean> isShutOut(String name) {
        return database.readers()
                .read(sql -> sql.first(
                                "SELECT 1 FROM maru_account WHERE name = ?"
                                        + " AND (disabled_at IS NOT NULL OR deleted_at IS NOT NULL)",
                                row -> true,
                                AccountRules.key(name))
                        .orElse(false));
    }

    /** The account whose name and password these are, if it is not disabled. Takes as long if there is none. */
    CompletionStage<Optional<Account>> check(String name, String password) {
        return database.readers()
                .read(sql -> sql.first(
                        "SELECT password_hash FROM maru_account WHERE name = ? AND deleted_at IS NULL",
                        row -> row.getString(1),
                        name))
                .thenCompose(hash -> passwords.matches(password, hash.orElse(null)))
                .thenCompose(good -> good ? find(name) : CompletableFuture.completedStage(Optional.<Account>empty()))
                .thenApply(found -> found.filter(account -> !account.disabled()));
    }

    CompletionStage<Account> disable(String name, boolean disabled) {
        return change(
                name,
                sql -> sql.update(
                        "UPDATE maru_account SET disabled_at = ? WHERE name = ? AND deleted_at IS NULL",
                        disabled ? time.millis() : null,
                        name));
    }

    CompletionStage<Account> setPassword(String name, @Nullable String rawPassword) {
        return refusing(() -> passwords
                .hash(AccountRules.password(rawPassword))
                .thenCompose(hash -> change(
                        name,
                        sql -> sql.update(
                                "UPDATE maru_account SET password_hash = ? WHERE name = ? AND deleted_at IS NULL",
                                hash,
                                name))));
    }

    CompletionStage<Account> setRoles(String name, @Nullable List<String> rawRoles) {
        return refusing(() -> {
            String roles = String.join(" ", AccountRules.roles(rawRoles));
            return change(
                    name,
                    sql -> sql.update(
                            "UPDATE maru_account SET roles = ? WHERE name = ? AND deleted_at IS NULL", roles, name));
        });
    }

    /** Nothing is left but the name and the display name, which nobody can take. */
    CompletionStage<Boolean> delete(String name) {
        return database.writer()
                .submit(sql -> found(sql.update(
                                "UPDATE maru_account SET deleted_at = ?, password_hash = '', roles = ''"
                                        + " WHERE name = ? AND deleted_at IS NULL",
                                time.millis(),
                                name)
                        > 0));
    }

    static Optional<Account> find(Sql sql, String name) throws SQLException {
        return sql.first(COLUMNS + " WHERE name = ? AND deleted_at IS NULL", Accounts::account, name);
    }

    private interface Change {
        int run(Sql sql) throws SQLException;
    }

    private CompletionStage<Account> change(String name, Change change) {
        return database.writer().submit(sql -> {
            found(change.run(sql) > 0);
            return find(sql, name).orElseThrow();
        });
    }

    private static boolean found(boolean changed) {
        if (!changed) {
            throw new Refusal(AccountFault.UNKNOWN_ACCOUNT, "There is no account of this name.");
        }
        return true;
    }

    private static Account insert(Sql sql, Account account, String hash) throws SQLException {
        int inserted = sql.update(
                "INSERT INTO maru_account (name, display_name, display_key, password_hash, roles, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                account.name(),
                account.displayName(),
                AccountRules.displayKey(account.displayName()),
                hash,
                String.join(" ", account.roles()),
                account.createdAt().toEpochMilli());
        if (inserted == 0) {
            throw new Refusal(AccountFault.ACCOUNT_EXISTS, "An account has, or had, this name or this display name.");
        }
        return account;
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString(1),
                row.getString(2),
                Set.of(row.getString(3).split(" ")),
                row.getObject(4) != null,
                Instant.ofEpochMilli(row.getLong(5)));
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.millis());
    }

    private static <T> CompletionStage<T> refusing(Supplier<CompletionStage<T>> action) {
        try {
            return action.get();
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }
}
