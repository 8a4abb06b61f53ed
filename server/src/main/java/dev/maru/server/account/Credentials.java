package dev.maru.server.account;

import dev.maru.chat.PlainText;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.ClientNetwork;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Product;
import dev.maru.store.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The table of log-ins, tokens and keys. Of the secrets only hashes are kept: whoever reads the database can log in as
 * nobody.
 *
 * <p>Safe for any thread; nothing here blocks the caller.
 */
final class Credentials {
    /** What all ids begin with, so that no other issuer's are taken for ours. */
    static final String OUR_IDS = "maru-";

    private static final int LONGEST_LABEL = 100;

    /** Not every use is written down. */
    private static final Duration USE_NOTED = Duration.ofMinutes(5);

    private static final String SELECT =
            "SELECT c.id, c.label, c.created_at, c.used_at, c.expires_at, a.name, a.display_name, a.roles,"
                    + " a.disabled_at, a.created_at, c.kind FROM maru_credential c LEFT JOIN maru_account a ON a.name = c.account ";

    private final Database database;
    private final CredentialSettings settings;
    private final InstantSource time;

    Credentials(Database database, CredentialSettings settings, InstantSource time) {
        this.database = database;
        this.settings = settings;
        this.time = time;
    }

    /**
     * A new credential with its secret, which nobody can ask for again.
     *
     * @param ended the ids of those that had to end for it
     */
    record Issued(String secret, IssuedCredential credential, List<String> ended) {}

    /** Makes a log-in; if the account has too many, the one ends that was used longest ago. */
    CompletionStage<Issued> logIn(Account account, String label, ClientNetwork client) {
        String shown = PlainText.name(label, LONGEST_LABEL);
        Instant end = now().plus(settings.sessions().absolute());
        String network = Secrets.hash(client.name());
        return issue(CredentialKind.LOGIN, Optional.of(account), shown == null ? "" : shown, end, network);
    }

    /** Makes a token or a key. Refuses with INVALID_TOKEN_REQUEST. */
    CompletionStage<Issued> issue(
            CredentialKind kind, Optional<Account> account, @Nullable String rawLabel, @Nullable Duration lasting) {
        String label = rawLabel == null ? null : PlainText.name(rawLabel, LONGEST_LABEL);
        if (label == null || (lasting != null && !lasting.isPositive())) {
            return CompletableFuture.failedStage(new Refusal(
                    AccountFault.INVALID_TOKEN_REQUEST,
                    "It needs a name of 1 to " + LONGEST_LABEL + " characters, and an end that lies ahead if any."));
        }
        return issue(kind, account, label, lasting == null ? null : now().plus(lasting), null);
    }

    /** Whether the account of this name, if there is one, has a log-in that was made from there. */
    CompletionStage<Boolean> hasLogInFrom(String name, ClientNetwork client) {
        return database.readers()
                .read(sql -> sql.first(
                                "SELECT 1 FROM maru_credential WHERE account = ? AND kind = ? AND network_hash = ?"
                                        + " AND expires_at > ? AND used_at > ?",
                                row -> true,
                                name,
                                CredentialKind.LOGIN.name(),
                                Secrets.hash(client.name()),
                                time.millis(),
                                now().minus(settings.sessions().idle()).toEpochMilli())
                        .orElse(false));
    }

    /** What this secret stands for now; nothing if it has ended, or if its account is shut out. */
    CompletionStage<Optional<IssuedCredential>> find(CredentialKind kind, String secret) {
        return read("WHERE c.secret_hash = ? AND c.kind = ?", Secrets.hash(secret), kind.name())
                .thenApply(found -> found.filter(this::holds))
                .thenApply(found -> {
                    found.filter(this::wasLongUnused).ifPresent(credential -> noteUse(credential.id()));
                    return found;
                });
    }

    /** What this id stands for now; nothing if it has ended, or if its account is shut out. */
    CompletionStage<Optional<IssuedCredential>> byId(String id) {
        return read("WHERE c.id = ?", id).thenApply(found -> found.filter(this::holds));
    }

    CompletionStage<List<IssuedCredential>> list(CredentialKind kind, Optional<String> account) {
        String where =
                "WHERE c.kind = ?" + (account.isPresent() ? " AND c.account = ?" : "") + " ORDER BY c.created_at";
        Object[] parameters =
                account.isPresent() ? new Object[] {kind.name(), account.get()} : new Object[] {kind.name()};
        return database.readers().read(sql -> sql.list(SELECT + where, Credentials::credential, parameters));
    }

    /** Ends it; false if there is none, or if it is another account's. */
    CompletionStage<Boolean> end(CredentialKind kind, String id, Optional<String> account) {
        return database.writer()
                .submitApart(sql -> sql.update(
                                "DELETE FROM maru_credential WHERE id = ? AND kind = ? AND coalesce(account, '') = ?",
                                id,
                                kind.name(),
                                account.orElse(""))
                        > 0);
    }

    /** Ends all of an account's. */
    CompletionStage<?> endAllOf(String account) {
        return database.writer()
                .submitApart(sql -> sql.update("DELETE FROM maru_credential WHERE account = ?", account));
    }

    /** Remembers that it is in use, so that it does not end for being idle. */
    void noteUse(String id) {
        var _ = database.writer()
                .submit(sql -> sql.update(
                        "UPDATE maru_credential SET used_at = ? WHERE id IN"
                                + " (SELECT id FROM maru_credential WHERE id = ?" + unlocked(sql) + ")",
                        time.millis(),
                        id));
    }

    private CompletionStage<Issued> issue(
            CredentialKind kind,
            Optional<Account> account,
            String label,
            @Nullable Instant end,
            @Nullable String networkHash) {
        String secret = Secrets.secret(kind.prefix());
        IssuedCredential made = new IssuedCredential(OUR_IDS + Secrets.id(), kind, account, label, now(), now(), end);
        return database.writer().submitApart(sql -> {
            List<String> ended = makeRoom(sql, kind, account);
            insert(sql, secret, made, networkHash);
            return new Issued(secret, made, ended);
        });
    }

    /** Returns the ids of those that ended before their time. */
    private List<String> makeRoom(Sql sql, CredentialKind kind, Optional<Account> account) throws SQLException {
        sql.update(
                "DELETE FROM maru_credential WHERE id IN (SELECT id FROM maru_credential WHERE expires_at < ?"
                        + unlocked(sql) + ")",
                time.millis());
        lock(sql, account);
        String owner = account.map(Account::name).orElse("");
        int most = settings.limits().most(kind);
        int count = sql.first(
                        "SELECT count(*) FROM maru_credential WHERE kind = ? AND coalesce(account, '') = ?",
                        row -> row.getInt(1),
                        kind.name(),
                        owner)
                .orElseThrow();
        if (count < most) {
            return List.of();
        }
        if (kind != CredentialKind.LOGIN) {
            throw new Refusal(AccountFault.INVALID_TOKEN_REQUEST, "There are " + most + " already; delete some first.");
        }
        List<String> ended = sql.list(
                "SELECT id FROM maru_credential WHERE kind = ? AND account = ? ORDER BY used_at LIMIT ?",
                row -> row.getString(1),
                kind.name(),
                owner,
                count - most + 1);
        for (String id : ended) {
            sql.update("DELETE FROM maru_credential WHERE id = ?", id);
        }
        return ended;
    }

    /** So that no two nodes make one too many at once. */
    private static void lock(Sql sql, Optional<Account> account) throws SQLException {
        if (sql.product() == Product.POSTGRESQL && account.isPresent()) {
            sql.first(
                    "SELECT 1 FROM maru_account WHERE name = ? FOR UPDATE",
                    row -> true,
                    account.get().name());
        }
    }

    /** Passes by what another node has in hand, so that nodes never wait for each other here. */
    private static String unlocked(Sql sql) {
        return sql.product() == Product.POSTGRESQL ? " FOR UPDATE SKIP LOCKED" : "";
    }

    private static void insert(Sql sql, String secret, IssuedCredential made, @Nullable String networkHash)
            throws SQLException {
        Instant end = made.expiresAt();
        sql.update(
                "INSERT INTO maru_credential (secret_hash, id, kind, account, label, created_at, used_at, expires_at,"
                        + " network_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Secrets.hash(secret),
                made.id(),
                made.kind().name(),
                made.account().map(Account::name).orElse(null),
                made.label(),
                made.createdAt().toEpochMilli(),
                made.usedAt().toEpochMilli(),
                end == null ? null : end.toEpochMilli(),
                networkHash);
    }

    private CompletionStage<Optional<IssuedCredential>> read(String where, Object... parameters) {
        return database.readers().read(sql -> sql.first(SELECT + where, Credentials::credential, parameters));
    }

    private boolean holds(IssuedCredential credential) {
        boolean login = credential.kind() == CredentialKind.LOGIN;
        Instant idleSince = credential.usedAt().plus(settings.sessions().idle());
        return (credential.expiresAt() == null || credential.expiresAt().isAfter(now()))
                && (!login || idleSince.isAfter(now()))
                && credential.account().map(account -> !account.disabled()).orElse(true);
    }

    private boolean wasLongUnused(IssuedCredential credential) {
        return credential.usedAt().plus(USE_NOTED).isBefore(now());
    }

    private static IssuedCredential credential(ResultSet row) throws SQLException {
        long expires = row.getLong(5);
        Instant end = row.wasNull() ? null : Instant.ofEpochMilli(expires);
        return new IssuedCredential(
                row.getString(1),
                CredentialKind.valueOf(row.getString(11)),
                account(row),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                end);
    }

    private static Optional<Account> account(ResultSet row) throws SQLException {
        String name = row.getString(6);
        return name == null
                ? Optional.empty()
                : Optional.of(new Account(
                        name,
                        row.getString(7),
                        Set.of(row.getString(8).split(" ")),
                        row.getObject(9) != null,
                        Instant.ofEpochMilli(row.getLong(10))));
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.millis());
    }
}
