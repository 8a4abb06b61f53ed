package dev.maru.transport.sockjs;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path under a SockJS base address asks for (SockJS 0.3.4, "Base URL" and "Session URLs").
 *
 * <p>Immutable; safe for any thread.
 */
public enum SockJsRequest {
    /** The base address itself: a greeting. */
    GREETING,
    /** {@code /info}: what the server can do. */
    INFO,
    /** {@code /websocket}: a plain WebSocket, without SockJS's framing. */
    PLAIN_WEBSOCKET,
    /** {@code /{server}/{session}/websocket}: a WebSocket with SockJS's framing. */
    WEBSOCKET,
    /** {@code /iframe*.html}: the page inside the transports that use an iframe. */
    IFRAME,
    /** {@code /{server}/{session}/xhr}: receives by polling. */
    XHR(SockJsTransport.XHR),
    /** {@code /{server}/{session}/xhr_streaming}: receives by a response without end. */
    XHR_STREAMING(SockJsTransport.XHR_STREAMING),
    /** {@code /{server}/{session}/eventsource}: receives by server-sent events. */
    EVENTSOURCE(SockJsTransport.EVENTSOURCE),
    /** {@code /{server}/{session}/htmlfile}: receives by a page of scripts without end. */
    HTMLFILE(SockJsTransport.HTMLFILE),
    /** {@code /{server}/{session}/jsonp}: receives by polling with scripts. */
    JSONP(SockJsTransport.JSONP),
    /** {@code /{server}/{session}/xhr_send}: sends. */
    XHR_SEND,
    /** {@code /{server}/{session}/jsonp_send}: sends, from a form. */
    JSONP_SEND,
    /** Anything else. */
    UNKNOWN;

    private static final Pattern IFRAME_PAGE = Pattern.compile("/iframe[0-9A-Za-z_.-]*\\.html");
    private static final int SEGMENTS_OF_A_SESSION = 4;
    private static final int MAX_ID_LENGTH = 128;

    private final @Nullable SockJsTransport receives;

    SockJsRequest() {
        this(null);
    }

    SockJsRequest(@Nullable SockJsTransport receives) {
        this.receives = receives;
    }

    /** How messages travel to the client, if this is a request that receives some; else null. */
    public @Nullable SockJsTransport receives() {
        return receives;
    }

    /** Whether messages of the client travel in this request. */
    public boolean sends() {
        return this == XHR_SEND || this == JSONP_SEND;
    }

    /** Whether the HTTP server answers it, since the request stays one. */
    public boolean overHttp() {
        return receives != null || sends();
    }

    /** What the rest of a path behind the base address means; the rest is empty or starts with a slash. */
    public static SockJsRequest of(String rest) {
        return switch (rest) {
            case "", "/" -> GREETING;
            case "/info" -> INFO;
            case "/websocket" -> PLAIN_WEBSOCKET;
            default -> IFRAME_PAGE.matcher(rest).matches() ? IFRAME : ofSession(rest.split("/", -1));
        };
    }

    /** The id of the session that such a path names, just as it stands there. */
    public static String session(String path) {
        int end = path.lastIndexOf('/');
        return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    private static SockJsRequest ofSession(String[] segments) {
        if (segments.length != SEGMENTS_OF_A_SESSION || !id(segments[1]) || !id(segments[2])) {
            return UNKNOWN;
        }
        return switch (segments[3]) {
            case "websocket" -> WEBSOCKET;
            case "xhr" -> XHR;
            case "xhr_streaming" -> XHR_STREAMING;
            case "eventsource" -> EVENTSOURCE;
            case "htmlfile" -> HTMLFILE;
            case "jsonp" -> JSONP;
            case "xhr_send" -> XHR_SEND;
            case "jsonp_send" -> JSONP_SEND;
            default -> UNKNOWN;
        };
    }

    /** The length is bounded because ids are kept. */
    private static boolean id(String segment) {
        return !segment.isEmpty() && segment.length() <= MAX_ID_LENGTH && segment.indexOf('.') < 0;
    }
}
