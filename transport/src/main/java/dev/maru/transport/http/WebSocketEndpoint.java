package dev.maru.transport.http;

import dev.maru.stomp.StompLimits;
import dev.maru.transport.conversation.Conversations;
import dev.maru.transport.sockjs.SockJsSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where clients connect.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param paths absolute paths without a slash at the end, all the same place: {@code /ws} and its aliases.
 *     Without SockJS a name in braces stands for any one segment: {@code /chat/{room}}
 * @param sockJs how SockJS is served, if each path is a SockJS base address too; else null
 * @param origins which pages of other sites may connect
 * @param stompLimits bounds the STOMP frames of clients
 * @param maxFrameBytes the longest WebSocket frame, the longest message in SockJS framing and the longest body of a
 *     SockJS request, in bytes; past it the connection is closed with 1009, the request answered with 413. Should be
 *     well above the longest STOMP frame, which in JSON is longer
 * @param conversations what is spoken here in the place of STOMP; null for STOMP
 */
public record WebSocketEndpoint(
        List<String> paths,
        @Nullable SockJsSettings sockJs,
        AllowedOrigins origins,
        StompLimits stompLimits,
        int maxFrameBytes,
        @Nullable Conversations conversations) {
    private static final int DEFAULT_MAX_FRAME_BYTES = 512 * 1024;

    public WebSocketEndpoint {
        paths = List.copyOf(paths);
        for (String path : paths) {
            if (!path.startsWith("/") || path.endsWith("/")) {
                throw new IllegalArgumentException("not a path that starts, and does not end, with a slash: " + path);
            }
        }
        if (maxFrameBytes < 1) {
            throw new IllegalArgumentException("maxFrameBytes must be positive: " + maxFrameBytes);
        }
    }

    /** Plain WebSocket for pages of the same origin, frames up to 512 KiB. */
    public static WebSocketEndpoint at(String... paths) {
        return new WebSocketEndpoint(
                List.of(paths), null, AllowedOrigins.same(), StompLimits.DEFAULT, DEFAULT_MAX_FRAME_BYTES, null);
    }

    /** The same with SockJS beside it, served as the protocol suggests. */
    public WebSocketEndpoint withSockJs() {
        return withSockJs(SockJsSettings.DEFAULT);
    }

    /** The same with SockJS beside it. */
    public WebSocketEndpoint withSockJs(SockJsSettings settings) {
        return new WebSocketEndpoint(paths, settings, origins, stompLimits, maxFrameBytes, conversations);
    }

    /** The same with other origins. */
    public WebSocketEndpoint withOrigins(AllowedOrigins allowed) {
        return new WebSocketEndpoint(paths, sockJs, allowed, stompLimits, maxFrameBytes, conversations);
    }

    /** The same with other limits. */
    public WebSocketEndpoint withLimits(StompLimits limits, int frameBytes) {
        return new WebSocketEndpoint(paths, sockJs, origins, limits, frameBytes, conversations);
    }

    /** The same place, where no STOMP is spoken but this. */
    public WebSocketEndpoint withConversations(Conversations spoken) {
        return new WebSocketEndpoint(paths, sockJs, origins, stompLimits, maxFrameBytes, spoken);
    }
}
