package dev.maru.spring.sockjs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP client that shows each chunk of a response as it came.
 *
 * <p>Confined to one thread.
 */
final class HttpSocket implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /** A response without its body. */
    record Head(int status, Map<String, String> headers) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean chunked() {
            return header("transfer-encoding").equalsIgnoreCase("chunked");
        }
    }

    /** A whole response. */
    record Response(Head head, String body) {
        int status() {
            return head.status();
        }

        String header(String name) {
            return head.header(name);
        }
    }

    HttpSocket(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    /** Sends a request; headers as {@code "Name: value"}. */
    HttpSocket send(String method, String path, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost:8080\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(bytes);
        return send(request.toByteArray());
    }

    HttpSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends a request and reads the whole response. */
    Response request(String method, String path, String body, String... headers) throws IOException {
        return send(method, path, body, headers).response(!method.equals("HEAD"));
    }

    Response response(boolean hasBody) throws IOException {
        Head head = head();
        if (!hasBody || head.status() == 204 || head.status() == 304) {
            return new Response(head, "");
        }
        if (head.chunked()) {
            StringBuilder body = new StringBuilder();
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                body.append(chunk);
            }
            return new Response(head, body.toString());
        }
        byte[] body = in.readNBytes(Integer.parseInt(head.header("content-length")));
        return new Response(head, new String(body, StandardCharsets.UTF_8));
    }

    Head head() throws IOException {
        String[] statusLine = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(": ?", 2);
            headers.merge(header[0], header[1], (one, other) -> one + "; " + other);
        }
        return new Head(Integer.parseInt(statusLine[1]), headers);
    }

    /** The next chunk of a response, or an empty string at its end. */
    String chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        String chunk = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        line();
        return chunk;
    }

    /** What is left up to the end of the connection. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended within a response: " + line);
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
