package dev.maru.spring.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.SessionUser;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON Web Tokens (RFC 7519), signed by keys that are configured. Whatever has three parts is taken for one.
 *
 * <p>Safe for any thread. Signatures are checked, and keys are fetched, on virtual threads; how many at a time is
 * bounded, so that a flood of tokens is refused and not queued.
 */
final class JwtTokens implements TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(JwtTokens.class);
    private static final int MOST_AT_A_TIME = 256;
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private record Checked(SessionUser user, Instant issuedAt) {}

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final JwtUsers users;
    private final TokenRevocations revocations;
    private final InstantSource time;
    private final AtomicReference<Instant> warned = new AtomicReference<>(Instant.EPOCH);
    private final Semaphore room = new Semaphore(MOST_AT_A_TIME);

    JwtTokens(JwtProperties properties, InstantSource time, TokenRevocations revocations) {
        this.revocations = revocations;
        this.time = time;
        this.users = new JwtUsers(properties, time);
        processor.setJWSKeySelector(JwtKeys.of(properties));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(claims(properties));
    }

    @Override
    public CompletionStage<Optional<SessionUser>> verify(String token) {
        if (token.chars().filter(c -> c == '.').count() != 2) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        if (!room.tryAcquire()) {
            return CompletableFuture.failedStage(
                    new Refusal(SessionFault.UNAVAILABLE, "too many tokens are being checked; try again"));
        }
        CompletableFuture<Checked> checked = new CompletableFuture<>();
        Thread.startVirtualThread(() -> check(token, checked));
        return checked.thenCompose(good -> revocations
                .include(good.user(), good.issuedAt())
                .thenApply(revoked -> unlessRevoked(good.user(), revoked)));
    }

    private static Optional<SessionUser> unlessRevoked(SessionUser user, boolean revoked) {
        if (revoked) {
            throw new Refusal(IdentityFault.SESSION_REVOKED, "this token has been revoked");
        }
        return Optional.of(user);
    }

    private void check(String token, CompletableFuture<Checked> user) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            user.complete(new Checked(users.of(token, claims), JwtUsers.issuedAt(claims)));
        } catch (RateLimitReachedException e) {
            // Whoever makes up ids of keys gets here; it says nothing about the keys.
            LOG.debug("A token is refused because its key is unknown", e);
            user.completeExceptionally(new Refusal(SessionFault.UNAVAILABLE, "the token cannot be checked now"));
        } catch (KeySourceException e) {
            warn(e);
            user.completeExceptionally(new Refusal(SessionFault.UNAVAILABLE, "the token cannot be checked now"));
        } catch (ParseException | BadJOSEException | JOSEException e) {
            LOG.debug("A token is refused", e);
            user.completeExceptionally(new Refusal(IdentityFault.INVALID_TOKEN, "the token is not good here"));
        } catch (RuntimeException e) {
            user.completeExceptionally(e);
        } finally {
            room.release();
        }
    }

    /** Now and then: strangers' tokens must not fill the log. */
    private void warn(KeySourceException failure) {
        Instant now = time.instant();
        Instant before = warned.get();
        if (now.isAfter(before.plus(BETWEEN_WARNINGS)) && warned.compareAndSet(before, now)) {
            LOG.warn("The keys of tokens cannot be had", failure);
        }
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claims(JwtProperties properties) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (properties.issuer() != null) {
            exact.issuer(properties.issuer());
        }
        Set<String> audience = properties.audience().isEmpty() ? null : new HashSet<>(properties.audience());
        var verifier = new DefaultJWTClaimsVerifier<SecurityContext>(
                audience, exact.build(), Set.of(properties.nameClaim()), Set.of());
        verifier.setMaxClockSkew((int) properties.clockSkew().toSeconds());
        return verifier;
    }
}
