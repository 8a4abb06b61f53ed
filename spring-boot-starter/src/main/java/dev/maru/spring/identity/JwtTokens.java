package dev.maru.spring.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
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
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
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

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final JwtUsers users;
    private final Semaphore room = new Semaphore(MOST_AT_A_TIME);

    JwtTokens(JwtProperties properties, InstantSource time) {
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
        CompletableFuture<Optional<SessionUser>> user = new CompletableFuture<>();
        Thread.startVirtualThread(() -> check(token, user));
        return user;
    }

    private void check(String token, CompletableFuture<Optional<SessionUser>> user) {
        try {
            user.complete(Optional.of(users.of(token, processor.process(token, null))));
        } catch (KeySourceException e) {
            LOG.warn("The keys of tokens cannot be had", e);
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
