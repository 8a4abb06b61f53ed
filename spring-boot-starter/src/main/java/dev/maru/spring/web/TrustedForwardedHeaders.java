package dev.maru.spring.web;

import dev.maru.transport.http.TrustedProxies;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.util.InvalidUrlException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Lets WebFlux see a request as its client sent it, where a trusted proxy says how that was; and lets nobody behind it
 * see what anybody else says.
 *
 * <p>Immutable; safe for any thread.
 */
final class TrustedForwardedHeaders extends ForwardedHeaderTransformer {
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port");

    private final TrustedProxies proxies;

    TrustedForwardedHeaders(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public ServerHttpRequest apply(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        TrustedProxies.Source source = proxies.source(request.getRemoteAddress(), name -> headers.getOrEmpty(name));
        ServerHttpRequest.Builder seen = request.mutate().headers(all -> {
            FORWARDED.forEach(all::remove);
            if (source.host() != null) {
                all.set(HttpHeaders.HOST, source.host());
            }
        });
        if (source.address() instanceof InetSocketAddress address) {
            seen.remoteAddress(address);
        }
        return seen.uri(uri(request.getURI(), source)).build();
    }

    private static URI uri(URI own, TrustedProxies.Source source) {
        try {
            UriComponentsBuilder seen = UriComponentsBuilder.fromUri(own);
            if (source.scheme() != null) {
                seen.scheme(source.scheme());
            }
            if (source.host() != null) {
                URI authority = URI.create("http://" + source.host());
                seen.host(authority.getHost()).port(authority.getPort());
            }
            return seen.build(true).toUri();
        } catch (InvalidUrlException | IllegalArgumentException unreadable) {
            return own;
        }
    }
}
