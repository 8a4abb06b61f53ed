package dev.maru.server.account;

import dev.maru.engine.fault.Refusal;
import dev.maru.spring.identity.RevocationLimits;
import dev.maru.spring.identity.RevokedTokens;
import dev.maru.store.jdbc.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The table of tokens of other issuers that were taken back.
 *
 * <p>Safe for any thread; nothing here blocks the caller.
 */
final class StoredRevocations implements RevokedTokens {
    private final Database database;
    private final int most;
    private final InstantSource time;

    StoredRevocations(Database database, RevocationLimits limits, InstantSource time) {
        this.database = database;
        this.most = limits.revocations();
        this.time = time;
    }

    @Override
    public CompletionStage<?> keep(String key, Instant at, Instant until) {
        return database.writer().submitApart(sql -> {
            sql.update("DELETE FROM maru_revocation WHERE kept_until <= ? AND revoked_key <> ?", time.millis(), key);
            int kept = sql.first(
                            "SELECT count(*) FROM maru_revocation WHERE revoked_key <> ?", row -> row.getInt(1), key)
                    .orElseThrow();
            if (kept >= most) {
                throw new Refusal(
                        AccountFault.TOO_MANY_REVOCATIONS,
                        "There are " + most + " revocations already; maru.limits.revocations allows more.");
            }
            return sql.update(
                    "INSERT INTO maru_revocation (revoked_key, revoked_at, kept_until) VALUES (?, ?, ?)"
                            + " ON CONFLICT (revoked_key) DO UPDATE SET revoked_at = excluded.revoked_at,"
                            + " kept_until = excluded.kept_until",
                    key,
                    at.toEpochMilli(),
                    until.toEpochMilli());
        });
    }

    @Override
    public CompletionStage<Optional<Instant>> revokedAt(String key) {
        return database.readers()
                .read(sql -> sql.first(
                        "SELECT revoked_at FROM maru_revocation WHERE revoked_key = ? AND kept_until > ?",
                        row -> Instant.ofEpochMilli(row.getLong(1)),
                        key,
                        time.millis()));
    }
}
