package dev.maru.server.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A socket that says what it likes, and reads only when told to.
 *
 * <p>Confined to one thread.
 */
final class Attacker implements AutoCloseable {
    private static final int SMALL_BUFFER = 4096;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int TEXT_MASKED = 0x80;

    private final Socket socket = new Socket();

    Attacker(int port) {
        try {
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request without a body. */
    Attacker request(String line, String... headers) {
        StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return send(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Opens a WebSocket. */
    Attacker upgrade(String path) {
        request(
                "GET " + path,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        return awaits("\r\n\r\n");
    }

    /** Sends a WebSocket text message; its mask is zero. */
    Attacker text(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a WebSocket frame with this first octet. */
    Attacker frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (TEXT_MASKED | payload.length));
        } else {
            frame.put((byte) (TEXT_MASKED | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return send(bytes);
    }

    Attacker send(byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until these characters have come. */
    Attacker awaits(String words) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            while (!read.toString(StandardCharsets.UTF_8).endsWith(words)) {
                int octet = in.read();
                if (octet < 0) {
                    throw new AssertionError("ended: " + read.toString(StandardCharsets.UTF_8));
                }
                read.write(octet);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(read.toString(StandardCharsets.UTF_8), e);
        }
    }

    /** Everything up to the end of the connection, however it ends. */
    String rest() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (IOException e) {
            read.writeBytes(("\n[" + e.getMessage() + "]").getBytes(StandardCharsets.UTF_8));
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
