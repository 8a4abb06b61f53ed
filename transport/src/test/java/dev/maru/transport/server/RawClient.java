package dev.maru.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.transport.websocket.ClientFrame;
import dev.maru.transport.websocket.ServerFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client that sends what the test wants and expects nothing by itself.
 *
 * <p>Confined to one thread.
 */
final class RawClient implements AutoCloseable {
    /** From RFC 6455, 1.3, with its answer. */
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private final Socket socket;
    private final InputStream in;
    private final ServerFrames frames = new ServerFrames();
    private final Deque<String> read = new ArrayDeque<>();

    /** A response without its body. */
    record Response(int status, Map<String, String> headers, String body) {}

    RawClient(InetSocketAddress server) throws IOException {
        this(new Socket(server.getAddress(), server.getPort()));
    }

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.socket.setSoTimeout(10_000);
        this.socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
    }

    /** A request with these lines; Host is added. */
    RawClient request(String requestLine, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(requestLine).append("\r\nHost: localhost:8080\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return send(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A sound handshake with further headers. */
    RawClient handshake(String path, String... headers) throws IOException {
        String[] all = new String[headers.length + 4];
        System.arraycopy(headers, 0, all, 4, headers.length);
        all[0] = "Upgrade: websocket";
        all[1] = "Connection: keep-alive, Upgrade";
        all[2] = "Sec-WebSocket-Version: 13";
        all[3] = "Sec-WebSocket-Key: " + KEY;
        return request("GET " + path + " HTTP/1.1", all);
    }

    /** A connection that is open. */
    static RawClient open(InetSocketAddress server, String path) throws IOException {
        RawClient client = new RawClient(server).handshake(path);
        assertThat(client.response().status()).isEqualTo(101);
        return client;
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawClient send(ClientFrame... all) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ClientFrame frame : all) {
            bytes.writeBytes(frame.bytes());
        }
        return send(bytes.toByteArray());
    }

    Response response() throws IOException {
        String[] statusLine = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(": ", 2);
            headers.put(header[0], header[1]);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Response(Integer.parseInt(statusLine[1]), headers, body);
    }

    /** The next frame from the server, or {@code end} at the end of the connection. */
    String frame() throws IOException {
        byte[] chunk = new byte[8192];
        while (read.isEmpty()) {
            int length = in.read(chunk);
            if (length < 0) {
                return "end";
            }
            read.addAll(frames.add(chunk, length).take());
        }
        return read.remove();
    }

    /** What comes, up to and with these words. */
    String text(String words) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).endsWith(words)) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the connection ended: " + bytes.toString(StandardCharsets.UTF_8));
            }
            bytes.write(octet);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server has closed its end without a reset; reads what is left. */
    boolean ended() throws IOException {
        try {
            return in.readAllBytes().length == 0;
        } catch (SocketException e) {
            return false;
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended within a response: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
