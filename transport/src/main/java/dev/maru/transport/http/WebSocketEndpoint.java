package dev.maru.transport.http;

import dev.maru.stomp.StompLimits;
import java.util.List;

/**
 * A place where clients connect.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param paths absolute paths without a slash at the end, all the same place: {@code /ws} and its aliases
 * @param sockJs whether each path is a SockJS base address too
 * @param origins which pages of other sites may connect
 * @param stompLimits bounds the STOMP frames of clients
 * @param maxFrameBytes the longest WebSocket frame, and the longest message in SockJS framing, in bytes; past it the
 *     connection is closed with 1009. Should be well above the longest STOMP frame, which in JSON is longer
 */
public record WebSocketEndpoint(
        List<String> paths, boolean sockJs, AllowedOrigins origins, StompLimits stompLimits, int maxFrameBytes) {
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
                List.of(paths), false, AllowedOrigins.same(), StompLimits.DEFAULT, DEFAULT_MAX_FRAME_BYTES);
    }

    /** The same with SockJS beside it. */
    public WebSocketEndpoint withSockJs() {
        return new WebSocketEndpoint(paths, true, origins, stompLimits, maxFrameBytes);
    }

    /** The same with other origins. */
    public WebSocketEndpoint withOrigins(AllowedOrigins allowed) {
        return new WebSocketEndpoint(paths, sockJs, allowed, stompLimits, maxFrameBytes);
    }

    /** The same with other limits. */
    public WebSocketEndpoint withLimits(StompLimits limits, int frameBytes) {
        return new WebSocketEndpoint(paths, sockJs, origins, limits, frameBytes);
    }
}
