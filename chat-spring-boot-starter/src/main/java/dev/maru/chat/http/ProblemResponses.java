package dev.maru.chat.http;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.ProblemDocument;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers with a problem document for whatever ends a request anywhere in the application: addresses that are none,
 * methods that they do not know, filters that refuse. For an application that has no other error pages.
 *
 * <p>Stateless; safe for any thread.
 */
public final class ProblemResponses implements WebExceptionHandler {
    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        Refusal refusal = Refusals.of(failure);
        response.setStatusCode(HttpStatusCode.valueOf(refusal.fault().httpStatus()));
        byte[] body = ProblemDocument.render(refusal.fault(), refusal.detail());
        response.getHeaders().addAll(Refusals.headersFor(failure));
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
