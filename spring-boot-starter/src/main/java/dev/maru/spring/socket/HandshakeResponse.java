package dev.maru.spring.socket;

import java.io.OutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.ServerHttpResponse;

/**
 * What interceptors may write to. The answer to a refused client is Maru's own, a problem document with status 403;
 * what is set here is not sent. Confined to the thread that asks them.
 */
final class HandshakeResponse implements ServerHttpResponse {
    private final HttpHeaders headers = new HttpHeaders();

    @Override
    public void setStatusCode(HttpStatusCode status) {}

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public OutputStream getBody() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
