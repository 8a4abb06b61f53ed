package dev.maru.transport.sockjs;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The pages that a SockJS client reads before it connects (SockJS 0.3.4, "Greeting url" and "Info test").
 *
 * <p>Safe for any thread. Whether the origin of a request is allowed was checked before.
 */
public final class SockJsPages {
    private static final String GREETING = "Welcome to SockJS!\n";
    private static final String METHODS = "OPTIONS, GET";
    private static final String NEVER_CACHED = "no-store, no-cache, no-transform, must-revalidate, max-age=0";
    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final long ENTROPY_BOUND = 1L << Integer.SIZE;

    private final SecureRandom random = new SecureRandom();

    /** The page that says that something is here. */
    public FullHttpResponse greeting() {
        FullHttpResponse page = page(HttpResponseStatus.OK, GREETING);
        page.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8");
        return page;
    }

    /** What this server can do, and a random number for clients without a source of their own; never cached. */
    public FullHttpResponse info(HttpRequest request) {
        FullHttpResponse page = page(
                HttpResponseStatus.OK,
                "{\"entropy\":" + random.nextLong(ENTROPY_BOUND)
                        + ",\"origins\":[\"*:*\"],\"cookie_needed\":false,\"websocket\":true}");
        page.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8")
                .set(HttpHeaderNames.CACHE_CONTROL, NEVER_CACHED);
        shareWithOrigin(request.headers(), page.headers());
        return page;
    }

    /** The answer to a browser that asks whether a page of another origin may read {@link #info}. */
    public FullHttpResponse infoOptions(HttpRequest request) {
        FullHttpResponse page = page(HttpResponseStatus.NO_CONTENT, "");
        page.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        page.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=" + A_YEAR.toSeconds())
                .set(
                        HttpHeaderNames.EXPIRES,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.now().plus(A_YEAR).atOffset(ZoneOffset.UTC)))
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, A_YEAR.toSeconds())
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                .set(HttpHeaderNames.ALLOW, METHODS);
        shareWithOrigin(request.headers(), page.headers());
        return page;
    }

    private static FullHttpResponse page(HttpResponseStatus status, String text) {
        FullHttpResponse page = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, ByteBufUtil.writeAscii(UnpooledByteBufAllocator.DEFAULT, text));
        page.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length());
        return page;
    }

    private static void shareWithOrigin(HttpHeaders request, HttpHeaders page) {
        @Nullable String origin = request.get(HttpHeaderNames.ORIGIN);
        page.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        page.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin == null ? "*" : origin);
        if (origin != null) {
            page.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        @Nullable String asked = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        if (asked != null && !asked.isEmpty()) {
            page.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, asked);
        }
    }
}
