package dev.maru.server.account;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/**
 * The cookie that holds a log-in: no script can read it, and no other site's request brings it along but a link.
 *
 * <p>Stateless; safe for any thread.
 */
final class LoginCookie {
    /** Its name. */
    static final String NAME = "maru-session";

    private static final int LONGEST = 200;

    private LoginCookie() {}

    static ResponseCookie of(String secret, Duration lasting, boolean secure) {
        return ResponseCookie.from(NAME, secret)
                .httpOnly(true)
                .sameSite("Lax")
                .path("/")
                .secure(secure)
                .maxAge(lasting)
                .build();
    }

    static ResponseCookie cleared(boolean secure) {
        return of("", Duration.ZERO, secure);
    }

    /** The secret in the value of a {@code Cookie} header (RFC 6265, 5.4). */
    static Optional<String> in(@Nullable String header) {
        return header == null
                ? Optional.empty()
                : Stream.of(header.split(";"))
                        .map(String::strip)
                        .filter(pair -> pair.startsWith(NAME + "="))
                        .map(pair -> pair.substring(NAME.length() + 1))
                        .filter(LoginCookie::possible)
                        .findFirst();
    }

    /** Whether a value may be a secret of ours, so that nothing else is looked up. */
    static boolean possible(String value) {
        return CredentialKind.LOGIN.claims(value) && value.length() <= LONGEST;
    }
}
