package dev.maru.spring.identity;

import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import dev.maru.engine.session.Credential;
import dev.maru.engine.session.SessionUser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a user out of the claims of a token whose signature is good.
 *
 * <p>Immutable; safe for any thread.
 */
final class JwtUsers {
    /** What the ids of all credentials begin with that are tokens, so that no issuer makes one of another kind. */
    static final String IDS = "jwt:";

    private static final int LONGEST_NAME = 190;
    private static final int MOST_ROLES = 100;

    private final JwtProperties properties;
    private final InstantSource time;

    JwtUsers(JwtProperties properties, InstantSource time) {
        this.properties = properties;
        this.time = time;
    }

    SessionUser of(String token, JWTClaimsSet claims) throws BadJOSEException {
        Instant end = end(claims);
        String name = text(claims.getClaim(properties.nameClaim()));
        if (name == null) {
            throw new BadJWTException("the token names no user");
        }
        String display = text(claims.getClaim(properties.displayNameClaim()));
        return new SessionUser(
                name,
                false,
                display == null ? name : display,
                roles(claims.getClaim(properties.rolesClaim())),
                new Credential(id(token, claims), end));
    }

    /** When the token was issued, by what it says; long ago if it does not. */
    static Instant issuedAt(JWTClaimsSet claims) {
        return Objects.requireNonNullElse(instant(claims.getIssueTime()), Instant.EPOCH);
    }

    /** The id of the credential that a token with this {@code jti} is. */
    static String credentialId(String tokenId) {
        return IDS + tokenId;
    }

    private static String id(String token, JWTClaimsSet claims) {
        String id = claims.getJWTID();
        return credentialId(id == null || id.isEmpty() || id.length() > LONGEST_NAME ? fingerprint(token) : id);
    }

    /** A revocation is kept for the longest life that a token can have, so that every token must have one. */
    private Instant end(JWTClaimsSet claims) throws BadJWTException {
        Instant now = time.instant();
        Instant issued = instant(claims.getIssueTime());
        Instant expires = instant(claims.getExpirationTime());
        if (expires == null && (issued == null || properties.requireExp())) {
            throw new BadJWTException("the token says not when it ends");
        }
        if (issued != null && issued.isAfter(now.plus(properties.clockSkew()))) {
            throw new BadJWTException("the token is not issued yet");
        }
        Instant longest = (issued == null ? now : issued).plus(properties.maxLifetime());
        if (issued == null && expires != null && expires.isAfter(longest)) {
            throw new BadJWTException("the token says not when it was issued, and lives too long");
        }
        Instant end = expires == null || expires.isAfter(longest) ? longest : expires;
        if (!end.isAfter(now)) {
            throw new BadJWTException("the token has expired");
        }
        return end;
    }

    private static @Nullable String text(@Nullable Object claim) {
        return claim instanceof String text
                        && !text.isBlank()
                        && text.length() <= LONGEST_NAME
                        && text.chars().noneMatch(Character::isISOControl)
                ? text
                : null;
    }

    private static Set<String> roles(@Nullable Object claim) {
        Stream<String> roles = switch (claim) {
            case Collection<?> list -> list.stream().map(String::valueOf);
            case String words -> Stream.of(words.split("[ ,]+"));
            case null, default -> Stream.empty();
        };
        return roles.filter(role -> !role.isBlank()).limit(MOST_ROLES).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static String fingerprint(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
