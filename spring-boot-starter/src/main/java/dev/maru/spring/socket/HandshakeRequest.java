package dev.maru.spring.socket;

import dev.maru.engine.session.Handshake;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServerHttpAsyncRequestControl;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;

/** The request of a handshake, for interceptors. Confined to the thread that asks them. */
final class HandshakeRequest implements ServerHttpRequest {
    private final Handshake handshake;
    private final Map<String, Object> attributes = new HashMap<>();

    HandshakeRequest(Handshake handshake) {
        this.handshake = handshake;
    }

    @Override
    public HttpMethod getMethod() {
        return HttpMethod.GET;
    }

    @Override
    public URI getURI() {
        return HandshakeView.uri(handshake);
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public HttpHeaders getHeaders() {
        return HandshakeView.headers(handshake);
    }

    @Override
    public InputStream getBody() {
        return InputStream.nullInputStream();
    }

    @Override
    public @Nullable Principal getPrincipal() {
        return handshake.user();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return InetSocketAddress.createUnresolved(handshake.headers().getOrDefault("host", "localhost"), 0);
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        InetSocketAddress address = HandshakeView.remoteAddress(handshake);
        return address == null ? InetSocketAddress.createUnresolved("unknown", 0) : address;
    }

    @Override
    public ServerHttpAsyncRequestControl getAsyncRequestControl(ServerHttpResponse response) {
        throw new UnsupportedOperationException("a handshake is not asynchronous");
    }
}
