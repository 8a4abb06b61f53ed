package dev.maru.spring.identity;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * JSON Web Tokens that say who clients are. Off unless one of the three kinds of keys is set.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param secret Key shared with whoever makes the tokens (HS256, HS384, HS512); 32 bytes of UTF-8 or more.
 * @param publicKeyLocation RSA or EC public key in a PEM file (RS*, PS*, ES*).
 * @param jwkSetUri Where the public keys of whoever makes the tokens are published.
 * @param issuer What iss must be. Unset: it is not looked at.
 * @param audience One of these must be in aud. Empty: it is not looked at.
 * @param nameClaim Claim with the unique name of the user.
 * @param displayNameClaim Claim with the name that people see; the user's name where it is absent.
 * @param rolesClaim Claim with the roles: a list, or words divided by blanks or commas.
 * @param clockSkew How far nbf and iat may lie ahead. The end (exp) is exact.
 * @param requireExp Whether a token without exp is refused. If not, it ends maxLifetime after its iat, which it needs.
 * @param maxLifetime How long after its iat a token ends in any case. Without iat its exp may be no further away.
 */
@ConfigurationProperties("maru.auth.jwt")
public record JwtProperties(
        @Nullable String secret,
        @Nullable Resource publicKeyLocation,
        @Nullable URI jwkSetUri,
        @Nullable String issuer,
        @DefaultValue List<String> audience,
        @DefaultValue("sub") String nameClaim,
        @DefaultValue("name") String displayNameClaim,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("true") boolean requireExp,
        @DefaultValue("90d") Duration maxLifetime) {

    public JwtProperties {
        long keys = Stream.of(secret != null, publicKeyLocation != null, jwkSetUri != null)
                .filter(set -> set)
                .count();
        if (keys > 1) {
            throw new IllegalStateException("set one of maru.auth.jwt.secret, maru.auth.jwt.public-key-location and"
                    + " maru.auth.jwt.jwk-set-uri, not several");
        }
        if (!maxLifetime.isPositive()) {
            throw new IllegalStateException("maru.auth.jwt.max-lifetime must be positive: " + maxLifetime);
        }
    }

    /** Whether there is a key, and tokens with it. */
    public boolean configured() {
        return secret != null || publicKeyLocation != null || jwkSetUri != null;
    }
}
