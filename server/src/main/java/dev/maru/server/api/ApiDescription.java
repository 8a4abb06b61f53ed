package dev.maru.server.api;

import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The OpenAPI description of the HTTP API. Written by hand: a generator would bring a second JSON library along.
 *
 * <p>Immutable; safe for any thread.
 */
@RestController
final class ApiDescription {
    private final byte[] json;

    ApiDescription() throws IOException {
        this.json = new ClassPathResource("openapi.json", ApiDescription.class).getContentAsByteArray();
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<byte[]> describe() {
        return Mono.just(json);
    }
}
