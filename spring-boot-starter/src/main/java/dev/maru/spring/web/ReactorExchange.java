package dev.maru.spring.web;

import dev.maru.transport.http.SockJsExchange;
import dev.maru.transport.sockjs.SockJsResponse;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A request of SockJS's HTTP transports on Reactor Netty.
 *
 * <p>Confined to the event loop of its connection, but for the stream that it may become.
 */
final class ReactorExchange implements SockJsExchange {
    private final HttpServerRequest host;
    private final HttpServerResponse hostResponse;
    private final HttpRequest request;
    private final Sinks.One<Mono<Void>> answer = Sinks.one();
    private @Nullable Channel channel;
    private @Nullable ReactorStream stream;
    private boolean over;

    ReactorExchange(HttpServerRequest host, HttpServerResponse hostResponse) {
        this.host = host;
        this.hostResponse = hostResponse;
        this.request = new DefaultHttpRequest(host.version(), host.method(), host.uri(), host.requestHeaders());
        host.withConnection(connection -> channel = connection.channel());
    }

    /** What the host subscribes to: completes when the response has been written. */
    Mono<Void> response() {
        return answer.asMono().flatMap(sent -> sent).doFinally(this::over);
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Channel channel() {
        return Objects.requireNonNull(channel);
    }

    @Override
    public CompletionStage<byte[]> body(int maxBytes) {
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        host.receive()
                .collect(() -> new BoundedBody(maxBytes), BoundedBody::add)
                .map(BoundedBody::bytes)
                .subscribe(body::complete, body::completeExceptionally);
        return body;
    }

    @Override
    public void answer(FullHttpResponse response) {
        if (over) {
            response.release();
            return;
        }
        head(response);
        boolean empty = !response.content().isReadable();
        if (empty) {
            response.release();
        }
        emit(
                empty
                        ? hostResponse.send()
                        : hostResponse.sendObject(response.content()).then());
    }

    @Override
    public SockJsResponse begin(HttpResponse head, SockJsResponse.Watcher watcher) {
        ReactorStream begun = new ReactorStream(hostResponse, watcher);
        stream = begun;
        if (over) {
            begun.over(false);
            return begun;
        }
        head(head);
        hostResponse.compression(false);
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            hostResponse.chunkedTransfer(false);
        }
        emit(begun.written());
        // The host does not read while a request is unanswered, and who does not read is not told of the client's end.
        channel().read();
        return begun;
    }

    private void head(HttpResponse head) {
        hostResponse.status(head.status());
        hostResponse.responseHeaders().remove(HttpHeaderNames.TRANSFER_ENCODING).add(head.headers());
    }

    private void emit(Mono<Void> sent) {
        answer.emitValue(sent, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    private void over(SignalType how) {
        over = true;
        if (stream != null) {
            stream.over(how == SignalType.ON_COMPLETE);
        }
    }
}
