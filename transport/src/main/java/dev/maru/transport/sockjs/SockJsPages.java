package dev.maru.transport.sockjs;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.security.SecureRandom;

/**
 * The pages that a SockJS client reads before it connects (SockJS 0.3.4, "Greeting url", "IFrame page" and "Info
 * test").
 *
 * <p>Safe for any thread. Whether the origin of a request is allowed was checked before.
 */
public final class SockJsPages {
    private static final String GREETING = "Welcome to SockJS!\n";
    private static final long ENTROPY_BOUND = 1L << Integer.SIZE;
    private static final String IFRAME = """
            <!DOCTYPE html>
            <html>
            <head>
              <meta http-equiv="X-UA-Compatible" content="IE=edge" />
              <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
              <script src="{url}"></script>
              <script>
                document.domain = document.domain;
                SockJS.bootstrap_iframe();
              </script>
            </head>
            <body>
              <h2>Don't panic!</h2>
              <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
            </body>
            </html>
            """;

    private final SecureRandom random = new SecureRandom();

    /** The page that says that something is here. */
    public FullHttpResponse greeting() {
        FullHttpResponse page = page(HttpResponseStatus.OK, GREETING);
        page.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8");
        return page;
    }

    /** What this server can do, and a random number for clients without a source of their own; never cached. */
    public FullHttpResponse info(HttpRequest request, SockJsSettings settings) {
        FullHttpResponse page = page(
                HttpResponseStatus.OK,
                "{\"entropy\":" + random.nextLong(ENTROPY_BOUND)
                        + ",\"origins\":[\"*:*\"],\"cookie_needed\":" + settings.cookieNeeded()
                        + ",\"websocket\":" + settings.webSocket() + "}");
        page.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=UTF-8");
        SockJsHeaders.neverCached(page.headers());
        SockJsHeaders.shareWithOrigin(request.headers(), page.headers());
        return page;
    }

    /** The page inside an iframe; cached for a year, and 304 for who has it. */
    public FullHttpResponse iframe(HttpRequest request, SockJsSettings settings) {
        String text = IFRAME.replace("{url}", settings.clientLibraryUrl());
        String tag = "\"" + Long.toHexString(((long) text.length() << Integer.SIZE) | (text.hashCode() & 0xFFFFFFFFL))
                + "\"";
        boolean known = request.headers().containsValue(HttpHeaderNames.IF_NONE_MATCH, tag, false);
        FullHttpResponse page = known ? page(HttpResponseStatus.NOT_MODIFIED, "") : page(HttpResponseStatus.OK, text);
        if (known) {
            page.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        } else {
            page.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=UTF-8");
        }
        page.headers().set(HttpHeaderNames.ETAG, tag);
        SockJsHeaders.cachedForAYear(page.headers());
        return page;
    }

    /** The answer to a browser that asks whether a page of another origin may send a request. */
    public static FullHttpResponse preflight(HttpRequest request, String methods) {
        FullHttpResponse page = page(HttpResponseStatus.NO_CONTENT, "");
        page.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
        SockJsHeaders.cachedForAYear(page.headers());
        SockJsHeaders.allowMethods(methods, page.headers());
        SockJsHeaders.shareWithOrigin(request.headers(), page.headers());
        return page;
    }

    /** A short answer in words. */
    public static FullHttpResponse page(HttpResponseStatus status, String text) {
        FullHttpResponse page = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, ByteBufUtil.writeAscii(UnpooledByteBufAllocator.DEFAULT, text));
        page.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length());
        return page;
    }
}
