package dev.maru.transport.http;

import dev.maru.transport.sockjs.SockJsResponse;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * One HTTP request for SockJS and the response to it; whoever binds SockJS to an HTTP server implements it.
 *
 * <p>Confined to its request's event loop, but for what {@link #begin} returns. A request is answered once: by
 * {@link #answer} or by {@link #begin}.
 */
public interface SockJsExchange {

    /** Request line and headers. */
    HttpRequest request();

    /** The connection that the request came on. */
    Channel channel();

    /**
     * Reads the body, for which the connection's own deadline holds; called at most once.
     *
     * @return fails with a {@link dev.maru.engine.fault.Refusal} if it is longer than this, and with anything else if
     *     it does not arrive. Completes on the event loop
     */
    CompletionStage<byte[]> body(int maxBytes);

    /** Answers with a whole response, and owns it. */
    void answer(FullHttpResponse response);

    /** Writes the head of a response whose body follows piece by piece. */
    SockJsResponse begin(HttpResponse head, SockJsResponse.Watcher watcher);
}
