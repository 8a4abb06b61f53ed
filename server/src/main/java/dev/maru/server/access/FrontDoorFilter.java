package dev.maru.server.access;

import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Asks the {@link FrontDoor} about each HTTP request. Origins count where a request changes something: what a foreign
 * page reads without leave its browser keeps from it. No address has path parameters; a framework that drops them would
 * answer at addresses that no rule knows.
 *
 * <p>Immutable; safe for any thread.
 */
final class FrontDoorFilter implements WebFilter {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final FrontDoor door;

    FrontDoorFilter(FrontDoor door) {
        this.door = door;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (hasPathParameters(exchange.getRequest())) {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
        }
        HttpHeaders headers = exchange.getRequest().getHeaders();
        boolean reads = READING.contains(exchange.getRequest().getMethod());
        return door.refusal(headers.getFirst(HttpHeaders.HOST), reads ? null : headers.getOrigin())
                .map(Mono::<Void>error)
                .orElseGet(() -> chain.filter(exchange));
    }

    private static boolean hasPathParameters(ServerHttpRequest request) {
        return request.getURI().getRawPath().indexOf(';') >= 0;
    }
}
