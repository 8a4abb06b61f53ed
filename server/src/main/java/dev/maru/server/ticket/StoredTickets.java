package dev.maru.server.ticket;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Credential;
import dev.maru.engine.session.SessionUser;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tickets in a database that nodes share: one that was made on any node opens one connection on any node. What counts is
 * the database's clock.
 *
 * <p>Safe for any thread; nothing here waits.
 */
final class StoredTickets implements Tickets {
    private static final String MIGRATIONS = "dev/maru/server/ticket/migration";
    private static final int MOST_CLEARED = 100;
    private static final String NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
    private static final JsonMapper JSON = new JsonMapper();

    private final Database database;
    private final TicketLimits limits;
    private final SecureRandom random = new SecureRandom();

    private StoredTickets(Database database, TicketLimits limits) {
        this.database = database;
        this.limits = limits;
    }

    /** Brings the table up to date. Blocks. */
    static StoredTickets open(Database database, TicketLimits limits) {
        database.migrate("tickets", MIGRATIONS);
        return new StoredTickets(database, limits);
    }

    @Override
    public CompletionStage<Issued> issue(String owner, Optional<SessionUser> user) {
        String ticket = Tickets.random(random);
        String person = user.map(Person::of).map(JSON::writeValueAsString).orElse(null);
        return database.writer().submit(sql -> {
            clearExpired(sql);
            requireRoom(sql, owner);
            long end = sql.insert(
                    "INSERT INTO maru_ticket (hash, owner, person, expires_at) VALUES (?, ?, ?, ? + " + NOW
                            + ") RETURNING expires_at",
                    hash(ticket),
                    owner,
                    person,
                    limits.ticketLifetime().toMillis());
            return new Issued(ticket, Instant.ofEpochMilli(end));
        });
    }

    @Override
    public CompletionStage<Redeemed> redeem(String ticket) {
        String hash = hash(ticket);
        return database.writer().submit(sql -> redeem(sql, hash));
    }

    /** One that another node is just taking in is used: nobody waits for it. */
    private Redeemed redeem(Sql sql, String hash) throws SQLException {
        Redeemed redeemed = sql.first(
                        "DELETE FROM maru_ticket WHERE hash = (SELECT hash FROM maru_ticket WHERE hash = ?"
                                + " AND expires_at > " + NOW + " FOR UPDATE SKIP LOCKED) RETURNING person, expires_at",
                        row -> new Redeemed(
                                Optional.ofNullable(row.getString(1)).map(StoredTickets::user),
                                Instant.ofEpochMilli(row.getLong(2)).minus(limits.ticketLifetime())),
                        hash)
                .orElse(null);
        if (redeemed == null) {
            throw new Refusal(TicketFault.INVALID_TICKET, "This ticket is used or too old; get another one.");
        }
        return redeemed;
    }

    private static void clearExpired(Sql sql) throws SQLException {
        sql.update(
                "DELETE FROM maru_ticket WHERE hash IN (SELECT hash FROM maru_ticket WHERE expires_at <= " + NOW
                        + " ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED)",
                MOST_CLEARED);
    }

    private void requireRoom(Sql sql, String owner) throws SQLException {
        boolean full = sql.first(
                        "SELECT count(*) >= ? OR count(*) FILTER (WHERE owner = ?) >= ? FROM maru_ticket"
                                + " WHERE expires_at > " + NOW,
                        row -> row.getBoolean(1),
                        limits.tickets(),
                        owner,
                        limits.ticketsPerClient())
                .orElseThrow();
        if (full) {
            throw new Refusal(TicketFault.TOO_MANY_TICKETS, "There are too many tickets that nobody has used.");
        }
    }

    private static SessionUser user(String json) {
        return JSON.readValue(json, Person.class).user();
    }

    private static String hash(String ticket) {
        try {
            byte[] bytes = ticket.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A user as it is stored. */
    record Person(
            String name,
            boolean anonymous,
            String displayName,
            Set<String> roles,
            @Nullable String credential,
            @Nullable Long credentialEnd) {

        static Person of(SessionUser user) {
            Credential credential = user.credential();
            Instant end = credential == null ? null : credential.expiresAt();
            return new Person(
                    user.name(),
                    user.anonymous(),
                    user.displayName(),
                    user.roles(),
                    credential == null ? null : credential.id(),
                    end == null ? null : end.toEpochMilli());
        }

        SessionUser user() {
            Instant end = credentialEnd == null ? null : Instant.ofEpochMilli(credentialEnd);
            Credential proof = credential == null ? null : new Credential(credential, end);
            return new SessionUser(name, anonymous, displayName, roles, proof);
        }
    }
}
