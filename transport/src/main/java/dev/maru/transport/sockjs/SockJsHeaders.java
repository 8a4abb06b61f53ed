package dev.maru.transport.sockjs;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The headers of SockJS's responses (SockJS 0.3.4, "Static URLs" and "JSESSIONID cookie"). Whether the origin of a
 * request is allowed was checked before.
 *
 * <p>Stateless; safe for any thread.
 */
public final class SockJsHeaders {
    private static final String NEVER_CACHED = "no-store, no-cache, no-transform, must-revalidate, max-age=0";
    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final String COOKIE = "JSESSIONID";
    private static final String NO_COOKIE = "dummy";

    private SockJsHeaders() {}

    /** For what is private, and different each time. */
    public static void neverCached(HttpHeaders response) {
        response.set(HttpHeaderNames.CACHE_CONTROL, NEVER_CACHED);
    }

    static void cachedForAYear(HttpHeaders response) {
        Instant expiry = Instant.now().plus(A_YEAR);
        response.set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=" + A_YEAR.toSeconds())
                .set(
                        HttpHeaderNames.EXPIRES,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(expiry.atOffset(ZoneOffset.UTC)));
    }

    static void allowMethods(String methods, HttpHeaders response) {
        response.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, A_YEAR.toSeconds())
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, methods)
                .set(HttpHeaderNames.ALLOW, methods);
    }

    /** Lets pages of the request's origin read the response. */
    public static void shareWithOrigin(HttpHeaders request, HttpHeaders response) {
        @Nullable String origin = request.get(HttpHeaderNames.ORIGIN);
        response.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin == null ? "*" : origin);
        if (origin != null) {
            response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        @Nullable String asked = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (asked != null && !asked.isEmpty()) {
            response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, asked);
        }
    }

    /** Gives the client the cookie that it has, or any, for load balancers that look for one. */
    public static void keepCookie(HttpHeaders request, HttpHeaders response) {
        String value = NO_COOKIE;
        for (Cookie cookie : ServerCookieDecoder.STRICT.decode(request.get(HttpHeaderNames.COOKIE, ""))) {
            if (cookie.name().equals(COOKIE)) {
                value = cookie.value();
            }
        }
        response.set(HttpHeaderNames.SET_COOKIE, COOKIE + "=" + value + "; Path=/");
    }
}
