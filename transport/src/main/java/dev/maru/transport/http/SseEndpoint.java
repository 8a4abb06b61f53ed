package dev.maru.transport.http;

import java.util.List;

/**
 * A place where streams of events are read.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param paths absolute paths without a slash at the end
 * @param origins which pages of other sites may read them
 */
public record SseEndpoint(List<String> paths, AllowedOrigins origins) {

    public SseEndpoint {
        paths = List.copyOf(paths);
    }
}
