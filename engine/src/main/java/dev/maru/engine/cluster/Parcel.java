package dev.maru.engine.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells others at a time, and its form on the way: a byte for the version of the format, eight for the
 * sender, then the items, each with a byte for its kind. Texts and bodies come after their length in four bytes, texts
 * in UTF-8; numbers are big-endian.
 *
 * <p>Immutable by agreement; safe for any thread.
 *
 * @param sender the node
 * @param items in the order in which they happened
 */
record Parcel(long sender, List<Item> items) {

    private static final int VERSION = 1;
    private static final int NOTHING = -1;

    /** One thing to tell. */
    sealed interface Item {}

    record Stored(StoredMessage message) implements Item {}

    record Broadcast(String destination, MessageContent content) implements Item {}

    record Head(String destination, StreamPosition position) implements Item {}

    record Announcement(String kind, byte[] payload) implements Item {}

    /** What has no content. */
    enum Sign implements Item {
        /** The sender is alive. */
        ALIVE,
        /** The sender leaves. */
        LEAVING,
        /** The sender cannot tell all that it stored. */
        DOUBT
    }

    /** About how many bytes an item takes. */
    static int weight(Item item) {
        return switch (item) {
            case Stored(StoredMessage message) -> 64 + message.destination().length() + weight(message.content());
            case Broadcast(String destination, MessageContent content) -> 16 + destination.length() + weight(content);
            case Head(String destination, StreamPosition position) -> 40 + destination.length();
            case Announcement(String kind, byte[] payload) -> 16 + kind.length() + payload.length;
            case Sign sign -> 1;
        };
    }

    private static int weight(MessageContent content) {
        int[] weight = {content.body().length};
        content.headers().forEach((name, value) -> weight[0] += 8 + name.length() + value.length());
        return weight[0];
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(sender);
            for (Item item : items) {
                write(item, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a parcel.
     *
     * @throws IllegalArgumentException if it is none of this version
     */
    static Parcel read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("a parcel of version " + version);
            }
            long sender = in.readLong();
            List<Item> items = new ArrayList<>();
            while (in.available() > 0) {
                items.add(readItem(in));
            }
            return new Parcel(sender, items);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("no parcel", e);
        }
    }

    private static void write(Item item, DataOutputStream out) throws IOException {
        switch (item) {
            case Stored(StoredMessage message) -> {
                out.writeByte('S');
                write(message.destination(), out);
                write(message.position(), out);
                write(message.content(), out);
            }
            case Broadcast(String destination, MessageContent content) -> {
                out.writeByte('B');
                write(destination, out);
                write(content, out);
            }
            case Head(String destination, StreamPosition position) -> {
                out.writeByte('H');
                write(destination, out);
                write(position, out);
            }
            case Announcement(String kind, byte[] payload) -> {
                out.writeByte('A');
                write(kind, out);
                write(payload, out);
            }
            case Sign sign -> {
                out.writeByte('!');
                out.writeByte(sign.ordinal());
            }
        }
    }

    private static Item readItem(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'S' -> new Stored(new StoredMessage(text(in), position(in), content(in)));
            case 'B' -> new Broadcast(text(in), content(in));
            case 'H' -> new Head(text(in), position(in));
            case 'A' -> new Announcement(text(in), bytes(in));
            case '!' -> Sign.values()[in.readUnsignedByte()];
            default -> throw new IllegalArgumentException("an item of kind " + kind);
        };
    }

    private static void write(@Nullable String text, DataOutputStream out) throws IOException {
        write(text == null ? null : text.getBytes(UTF_8), out);
    }

    private static void write(byte @Nullable [] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes == null ? NOTHING : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static void write(StreamPosition position, DataOutputStream out) throws IOException {
        write(position.epoch(), out);
        out.writeLong(position.offset());
    }

    private static void write(MessageContent content, DataOutputStream out) throws IOException {
        write(content.body(), out);
        write(content.contentType(), out);
        List<String> headers = new ArrayList<>();
        content.headers().forEach((name, value) -> {
            headers.add(name);
            headers.add(value);
        });
        out.writeInt(headers.size());
        for (String header : headers) {
            write(header, out);
        }
    }

    private static StreamPosition position(DataInputStream in) throws IOException {
        return new StreamPosition(text(in), in.readLong());
    }

    private static MessageContent content(DataInputStream in) throws IOException {
        byte[] body = bytes(in);
        byte[] contentType = bytesOrNothing(in);
        StompHeaders headers = new StompHeaders();
        for (int left = in.readInt(); left > 0; left -= 2) {
            headers.add(text(in), text(in));
        }
        return new MessageContent(body, contentType == null ? null : new String(contentType, UTF_8), headers);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] bytes = bytesOrNothing(in);
        if (bytes == null) {
            throw new IOException("nothing where something must be");
        }
        return bytes;
    }

    private static byte @Nullable [] bytesOrNothing(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == NOTHING) {
            return null;
        }
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length);
        }
        return in.readNBytes(length);
    }
}
