package dev.maru.transport.http;

import dev.maru.engine.fault.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every HTTP request must be like, whoever takes it.
 *
 * <p>Stateless; safe for any thread.
 */
final class RequestRules {

    /** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port (RFC 3986, 3.2). */
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[\\w.~!$&'()*+,;=%-]*)(:\\d{0,5})?");

    private RequestRules() {}

    /** What is wrong with the next part of a request, or null. */
    static @Nullable Refusal refusal(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            return unreadable(part.decoderResult().cause());
        }
        return part instanceof HttpRequest request && !hasOneHost(request)
                ? new Refusal(TransportFault.INVALID_HOST, "A request names one host in its Host header.")
                : null;
    }

    private static Refusal unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(
                    TransportFault.REQUEST_LINE_TOO_LONG, "The request line is longer than the server reads.");
        }
        return cause instanceof TooLongHttpHeaderException
                ? new Refusal(TransportFault.REQUEST_HEADERS_TOO_LARGE, "The headers are longer than the server reads.")
                : new Refusal(TransportFault.MALFORMED_REQUEST, "This is no HTTP request.");
    }

    private static boolean hasOneHost(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.isEmpty()) {
            return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        }
        return hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches();
    }
}
