package dev.maru.server.site;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Serves the site's files: those whose names carry their hash for a year without asking again, all others only after
 * asking whether they changed.
 *
 * <p>Immutable; safe for any thread.
 */
final class SiteHandler implements RouterFunction<ServerResponse> {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Site site;

    SiteHandler(Site site) {
        this.site = site;
    }

    @Override
    public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
        return Mono.justOrEmpty(
                        READING.contains(request.method()) ? site.find(request.path()) : Optional.<SiteFile>empty())
                .map(file -> ignored -> serve(request, file));
    }

    private static Mono<ServerResponse> serve(ServerRequest request, SiteFile file) {
        boolean zipped = file.gzip().isPresent() && acceptsGzip(request);
        String tag = zipped ? file.tag() + "-gzip" : file.tag();
        return request.checkNotModified(tag).switchIfEmpty(Mono.defer(() -> send(file, zipped, tag)));
    }

    private static Mono<ServerResponse> send(SiteFile file, boolean zipped, String tag) {
        ServerResponse.BodyBuilder response = ServerResponse.ok()
                .contentType(file.type())
                .cacheControl(file.lasting() ? FOR_EVER : CacheControl.noCache())
                .eTag(tag)
                .varyBy(HttpHeaders.ACCEPT_ENCODING);
        if (zipped) {
            response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        byte[] body = zipped ? file.gzip().orElseThrow() : file.bytes();
        return response.contentLength(body.length).bodyValue(body);
    }

    private static boolean acceptsGzip(ServerRequest request) {
        return request.headers().header(HttpHeaders.ACCEPT_ENCODING).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .anyMatch(coding -> coding.startsWith("gzip") && !coding.matches("gzip\\s*;\\s*q=0(\\.0*)?"));
    }
}
