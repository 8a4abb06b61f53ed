package dev.maru.spring.identity;

import dev.maru.engine.Engine;
import dev.maru.engine.session.Credential;
import dev.maru.engine.session.SessionUser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Takes JSON Web Tokens back before they end: closes the connections that they opened, and keeps them out for as long
 * as they could live ({@code maru.auth.jwt.max-lifetime}, from an {@code iat} that may lie ahead by
 * {@code maru.auth.jwt.clock-skew}).
 *
 * <p>Safe for any thread; never blocks.
 */
public final class TokenRevocations {
    private final RevokedTokens kept;
    private final Duration longestLife;
    private final InstantSource time;
    private final ObjectProvider<Engine> engine;

    TokenRevocations(
            RevokedTokens kept,
            Duration maxLifetime,
            Duration clockSkew,
            InstantSource time,
            ObjectProvider<Engine> engine) {
        this.kept = kept;
        this.longestLife = maxLifetime.plus(clockSkew);
        this.time = time;
        this.engine = engine;
    }

    /**
     * Takes one token back, for good.
     *
     * @param id its {@code jti}; of a token without one, or with one of more than 190 characters, its SHA-256 in
     *     base64url without padding
     */
    public CompletionStage<?> revokeToken(String id) {
        String credential = JwtUsers.credentialId(id);
        return keep(credential).thenRun(() -> engine.getObject().registry().revokeCredential(credential));
    }

    /** Takes back all tokens of this user that were issued until now, and those that do not say when they were. */
    public CompletionStage<?> revokeUser(String user) {
        return keep(userKey(user)).thenRun(() -> engine.getObject().registry().revokeUser(user));
    }

    /**
     * Whether this user, whom a token proved, must be kept out.
     *
     * @param issuedAt when the token was issued, or at the latest what stands for it
     */
    public CompletionStage<Boolean> include(SessionUser user, Instant issuedAt) {
        Credential credential = user.credential();
        if (credential == null || !credential.id().startsWith(JwtUsers.IDS)) {
            return CompletableFuture.completedStage(false);
        }
        return kept.revokedAt(credential.id())
                .thenCompose(revoked -> revoked.isPresent()
                        ? CompletableFuture.completedStage(true)
                        : kept.revokedAt(userKey(user.name()))
                                .thenApply(at -> at.filter(instant -> !issuedAt.isAfter(instant))
                                        .isPresent()));
    }

    private CompletionStage<?> keep(String key) {
        Instant now = time.instant();
        return kept.keep(key, now, now.plus(longestLife));
    }

    private static String userKey(String user) {
        return "user:" + user;
    }
}
