package dev.maru.transport.sse;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.session.ProblemDocument;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * The heads of responses, written by hand: the HTTP codec has left the pipeline by then. A stream ends with its
 * connection (RFC 9112, 6.3), so that events need no further framing and are the same bytes for everybody.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param origin of the page that may read the response, or null if there is none to name
 */
record SseHead(@Nullable String origin) {

    /** The head of a stream of events. */
    void writeStream(ByteBuf out) {
        write(HttpResponseStatus.OK, "text/event-stream;charset=UTF-8", out);
        ByteBufUtil.writeAscii(out, "X-Accel-Buffering: no\r\n\r\n");
    }

    /** A whole response that says what is wrong. */
    void writeProblem(Fault fault, String detail, ByteBuf out) {
        byte[] document = ProblemDocument.render(fault, detail);
        write(HttpResponseStatus.valueOf(fault.httpStatus()), ProblemDocument.CONTENT_TYPE, out);
        ByteBufUtil.writeAscii(out, "Content-Length: " + document.length + "\r\n\r\n");
        out.writeBytes(document);
    }

    private void write(HttpResponseStatus status, String contentType, ByteBuf out) {
        ByteBufUtil.writeAscii(
                out,
                "HTTP/1.1 " + status.code() + ' ' + status.reasonPhrase() + "\r\nContent-Type: " + contentType
                        + "\r\nCache-Control: no-store, no-transform\r\nX-Content-Type-Options: nosniff"
                        + "\r\nVary: Origin\r\nConnection: close\r\n");
        if (origin != null) {
            ByteBufUtil.writeAscii(
                    out, "Access-Control-Allow-Origin: " + origin + "\r\nAccess-Control-Allow-Credentials: true\r\n");
        }
    }
}
