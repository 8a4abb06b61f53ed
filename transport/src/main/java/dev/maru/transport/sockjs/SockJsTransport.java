package dev.maru.transport.sockjs;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ByteProcessor;
import java.util.regex.Pattern;

/**
 * How frames travel to the client over HTTP (SockJS 0.3.4, "XhrPolling" to "JsonpPolling"): what comes first, and what
 * stands around each frame.
 *
 * <p>Immutable; safe for any thread.
 */
public enum SockJsTransport {
    XHR("POST", "application/javascript; charset=UTF-8", false) {
        @Override
        void write(ByteBuf frame, String callback, ByteBuf out) {
            out.writeBytes(frame).writeByte('\n');
        }
    },
    XHR_STREAMING("POST", "application/javascript; charset=UTF-8", true) {
        @Override
        void writePrelude(String callback, ByteBuf out) {
            ByteBufUtil.writeAscii(out, "h".repeat(PRELUDE_BYTES) + "\n");
        }

        @Override
        void write(ByteBuf frame, String callback, ByteBuf out) {
            out.writeBytes(frame).writeByte('\n');
        }
    },
    EVENTSOURCE("GET", "text/event-stream", true) {
        @Override
        void writePrelude(String callback, ByteBuf out) {
            ByteBufUtil.writeAscii(out, "\r\n");
        }

        // Clients decode the data as if it were a URI, so that a bare percent sign would break it.
        @Override
        void write(ByteBuf frame, String callback, ByteBuf out) {
            ByteBufUtil.writeAscii(out, "data: ");
            for (int at = frame.forEachByte(PERCENT); at >= 0; at = frame.forEachByte(PERCENT)) {
                out.writeBytes(frame, at + 1 - frame.readerIndex());
                ByteBufUtil.writeAscii(out, "25");
            }
            out.writeBytes(frame);
            ByteBufUtil.writeAscii(out, "\r\n\r\n");
        }
    },
    HTMLFILE("GET", "text/html; charset=UTF-8", true) {
        @Override
        void writePrelude(String callback, ByteBuf out) {
            String page = HTML_PAGE.replace("{callback}", callback);
            ByteBufUtil.writeAscii(out, page + " ".repeat(Math.max(0, HTML_BYTES - page.length())) + "\r\n\r\n");
        }

        @Override
        void write(ByteBuf frame, String callback, ByteBuf out) {
            ByteBufUtil.writeAscii(out, "<script>\np(");
            writeScriptString(frame, out);
            ByteBufUtil.writeAscii(out, ");\n</script>\r\n");
        }
    },
    JSONP("GET", "application/javascript; charset=UTF-8", false) {
        // The comment keeps the response from being taken for something else than a script.
        @Override
        void write(ByteBuf frame, String callback, ByteBuf out) {
            ByteBufUtil.writeAscii(out, "/**/" + callback + "(");
            writeScriptString(frame, out);
            ByteBufUtil.writeAscii(out, ");\r\n");
        }
    };

    private static final int PRELUDE_BYTES = 2048;

    /** Browsers show nothing of a page, and run none of it, before they have so much of it. */
    private static final int HTML_BYTES = 1024;

    private static final String HTML_PAGE = """
            <!doctype html>
            <html><head>
              <meta http-equiv="X-UA-Compatible" content="IE=edge" />
              <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
            </head><body><h2>Don't panic!</h2>
              <script>
                document.domain = document.domain;
                var c = parent.{callback};
                c.start();
                function p(d) {c.message(d);};
                window.onload = function() {c.stop();};
              </script>
            """;
    private static final ByteProcessor PERCENT = new ByteProcessor.IndexOfProcessor((byte) '%');
    private static final ByteProcessor ENDING = octet -> octet != '"' && octet != '\\' && octet != '<';
    private static final Pattern CALLBACK = Pattern.compile("[a-zA-Z0-9_.]{1,128}");

    private final String method;
    private final String contentType;
    private final boolean streaming;

    SockJsTransport(String method, String contentType, boolean streaming) {
        this.method = method;
        this.contentType = contentType;
        this.streaming = streaming;
    }

    /** The method of its requests. */
    public String method() {
        return method;
    }

    public String contentType() {
        return contentType;
    }

    /** Whether a response goes on after its first frame. */
    public boolean streaming() {
        return streaming;
    }

    /** Whether its requests name a function to call. */
    public boolean callsBack() {
        return this == HTMLFILE || this == JSONP;
    }

    /** Whether a function may be called so; anything else could be a script of its own. */
    public static boolean isCallback(String name) {
        return CALLBACK.matcher(name).matches();
    }

    /** The name for {@link dev.maru.engine.session.Handshake#transport()}. */
    public String handshakeName() {
        return "sockjs-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Appends what a response starts with. */
    void writePrelude(String callback, ByteBuf out) {}

    /** Appends a frame in its wrapping. */
    abstract void write(ByteBuf frame, String callback, ByteBuf out);

    /**
     * A frame has no control characters, so these three are all that could end the string or the script. What lies
     * between them is copied in one piece.
     */
    private static void writeScriptString(ByteBuf frame, ByteBuf out) {
        out.writeByte('"');
        for (int at = frame.forEachByte(ENDING); at >= 0; at = frame.forEachByte(ENDING)) {
            out.writeBytes(frame, at - frame.readerIndex());
            byte b = frame.readByte();
            if (b == '<') {
                ByteBufUtil.writeAscii(out, "\\u003c");
            } else {
                out.writeByte('\\').writeByte(b);
            }
        }
        out.writeBytes(frame).writeByte('"');
    }
}
