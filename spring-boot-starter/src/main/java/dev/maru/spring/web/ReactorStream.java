package dev.maru.spring.web;

import dev.maru.transport.sockjs.SockJsResponse;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A response that is written piece by piece. The pieces that wait are bounded by whoever writes them.
 *
 * <p>Written to by one thread at a time, and read by the event loop of its connection.
 */
final class ReactorStream implements SockJsResponse {
    private final HttpServerResponse host;
    private final Watcher watcher;
    private final Sinks.Many<ByteBuf> chunks = Sinks.many().unicast().onBackpressureBuffer();

    ReactorStream(HttpServerResponse host, Watcher watcher) {
        this.host = host;
        this.watcher = watcher;
    }

    /** Writes the head and then the chunks, each when the one before it has reached the socket. */
    Mono<Void> written() {
        return host.sendHeaders()
                .then()
                .thenMany(chunks.asFlux().concatMap(this::written, 1))
                .then()
                .doOnDiscard(ByteBuf.class, ByteBuf::release);
    }

    /** Bare buffers would be taken for whole responses. */
    private Mono<Void> written(ByteBuf chunk) {
        int bytes = chunk.readableBytes();
        return host.sendObject(new DefaultHttpContent(chunk)).then().doOnSuccess(done -> watcher.onWritten(bytes));
    }

    @Override
    public void write(ByteBuf chunk) {
        if (chunks.tryEmitNext(chunk).isFailure()) {
            chunk.release();
        }
    }

    @Override
    public void end() {
        chunks.tryEmitComplete();
    }

    void over(boolean whole) {
        watcher.onOver(whole);
    }
}
