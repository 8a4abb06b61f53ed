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
    private static final int LONGEST_NAME = 190;
    private static final int MOST_ROLES = 100;

    private final JwtProperties properties;
    private final InstantSource time;

    JwtUsers(JwtProperties properties, InstantSource time) {
        this.properties = properties;
        this.time = time;
    }

    SessionUser of(String token, JWTClaimsSet claims) throws BadJOSEException {
        Instant end = instant(claims.getExpirationTime());
        if (end != null && !end.isAfter(time.instant())) {
            throw new BadJWTException("the token has expired");
        }
        String name = text(claims.getClaim(properties.nameClaim()));
        if (name == null) {
            throw new BadJWTException("the token names no user");
        }
        String display = text(claims.getClaim(properties.displayNameClaim()));
        String id = claims.getJWTID() == null ? fingerprint(token) : claims.getJWTID();
        return new SessionUser(
                name,
                false,
                display == null ? name : display,
                roles(claims.getClaim(properties.rolesClaim())),
                new Credential(id, end));
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
