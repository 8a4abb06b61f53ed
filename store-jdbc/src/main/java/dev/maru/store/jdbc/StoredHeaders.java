package dev.maru.store.jdbc;

import dev.maru.stomp.StompHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Headers of a message as they stand in a row: names and values in turn, each as its length in four bytes and its
 * text in UTF-8.
 *
 * <p>Stateless; safe for any thread.
 */
final class StoredHeaders {

    private StoredHeaders() {}

    static byte[] write(StompHeaders headers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        headers.forEach((name, value) -> {
            write(name, out);
            write(value, out);
        });
        return out.toByteArray();
    }

    static StompHeaders read(byte[] stored) {
        StompHeaders headers = new StompHeaders();
        ByteBuffer in = ByteBuffer.wrap(stored);
        while (in.hasRemaining()) {
            headers.add(text(in), text(in));
        }
        return headers;
    }

    private static void write(String text, ByteArrayOutputStream out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
