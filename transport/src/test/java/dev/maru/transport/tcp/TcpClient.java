package dev.maru.transport.tcp;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A STOMP client that sends exactly what the test writes and reads frames with a reader of its own, so that no codec of
 * the product judges itself. In texts {@code ^@} stands for NUL.
 *
 * <p>Confined to one thread.
 */
public final class TcpClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private int heartBeats;

    /** A frame as it stood on the wire: headers as they were written, escapes and all. */
    public record Frame(StompCommand command, StompHeaders headers, byte[] body) {

        public @Nullable String header(String name) {
            return headers.get(name);
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public TcpClient(InetSocketAddress server) throws IOException {
        this(new Socket(server.getAddress(), server.getPort()));
    }

    public TcpClient(Socket socket) throws IOException {
        this.socket = socket;
        this.socket.setSoTimeout(10_000);
        this.socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
    }

    public TcpClient send(String text) throws IOException {
        return send(text.replace("^@", "\0").getBytes(StandardCharsets.UTF_8));
    }

    public TcpClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The next frame; skips heart-beats and counts them. */
    public Frame next() throws IOException {
        int first = in.read();
        while (first == '\n') {
            heartBeats++;
            first = in.read();
        }
        if (first < 0) {
            throw new IOException("the server closed the connection");
        }
        StompCommand command = StompCommand.valueOf((char) first + line());
        StompHeaders headers = new StompHeaders();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(":", 2);
            headers.add(header[0], header[1]);
        }
        return new Frame(command, headers, body(headers.get("content-length")));
    }

    public int heartBeats() {
        return heartBeats;
    }

    /** Whether the server closes the connection without another frame and without a reset. */
    public boolean ends() throws IOException {
        int read = in.read();
        while (read == '\n') {
            read = in.read();
        }
        return read < 0;
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c <= 0) {
                throw new IOException("a line broke off: " + line.toString(StandardCharsets.UTF_8));
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private byte[] body(@Nullable String length) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (length != null) {
            body.write(in.readNBytes(Integer.parseInt(length)));
        }
        int c = in.read();
        while (c > 0) {
            body.write(c);
            c = in.read();
        }
        if (c < 0 || (length != null && body.size() != Integer.parseInt(length))) {
            throw new IOException("a body of the wrong length: " + body.size() + " instead of " + length);
        }
        return body.toByteArray();
    }
}
