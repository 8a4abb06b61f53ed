package dev.maru.spring.web;

import dev.maru.transport.http.WebSocketEndpoint;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Where something else than the application's STOMP is spoken.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param all those endpoints
 * @param stompInsisted whether the application itself says where STOMP is spoken, rather than properties or their
 *     defaults
 */
public record OtherEndpoints(List<WebSocketEndpoint> all, boolean stompInsisted) {

    public OtherEndpoints {
        all = List.copyOf(all);
    }

    /** Those that are beans, and those that the sources know. */
    public static OtherEndpoints of(
            ObjectProvider<WebSocketEndpoint> declared, ObjectProvider<EndpointSource> sources, boolean stompInsisted) {
        Stream<WebSocketEndpoint> others = sources.orderedStream().flatMap(source -> source.endpoints().stream());
        return new OtherEndpoints(
                Stream.concat(declared.orderedStream(), others).toList(), stompInsisted);
    }

    /**
     * These STOMP endpoints and all others. One that another has taken the path of gives way, unless the application
     * insists on both.
     *
     * @throws IllegalStateException if it does
     */
    public List<WebSocketEndpoint> beside(List<WebSocketEndpoint> stomp) {
        return Stream.concat(stomp.stream().filter(this::free), all.stream()).toList();
    }

    private boolean free(WebSocketEndpoint stomp) {
        boolean taken = all.stream().anyMatch(other -> !Collections.disjoint(other.paths(), stomp.paths()));
        if (taken && stompInsisted) {
            throw new IllegalStateException(
                    "STOMP and something else at one path, " + stomp.paths() + ": give one of them another path");
        }
        return !taken;
    }
}
