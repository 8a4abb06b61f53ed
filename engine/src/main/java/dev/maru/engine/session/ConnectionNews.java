package dev.maru.engine.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What nodes tell each other of their users' connections.
 *
 * <p>Immutable; safe for any thread.
 */
sealed interface ConnectionNews {

    /** Who tells it. */
    String node();

    /**
     * So many connections these users have on the node now.
     *
     * @param first whether all that was told before is void
     */
    record Counts(String node, boolean first, Map<String, Integer> users) implements ConnectionNews {}

    /** The node lives, and this is the checksum of all that it has told. */
    record Beat(String node, long checksum) implements ConnectionNews {}

    /** Another node's counts do not add up; it is to tell all of them. */
    record Question(String node, String asked) implements ConnectionNews {}

    /** For the way to other nodes. */
    default byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * As another node encoded it.
     *
     * @throws UncheckedIOException if these are not the bytes of any
     */
    static ConnectionNews of(byte[] bytes) {
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        switch (this) {
            case Counts counts -> {
                out.writeByte(counts.first ? 'A' : 'C');
                out.writeUTF(counts.node);
                out.writeInt(counts.users.size());
                for (Map.Entry<String, Integer> user : counts.users.entrySet()) {
                    out.writeUTF(user.getKey());
                    out.writeInt(user.getValue());
                }
            }
            case Beat beat -> {
                out.writeByte('B');
                out.writeUTF(beat.node);
                out.writeLong(beat.checksum);
            }
            case Question question -> {
                out.writeByte('Q');
                out.writeUTF(question.node);
                out.writeUTF(question.asked);
            }
        }
    }

    private static ConnectionNews read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        String node = in.readUTF();
        return switch (kind) {
            case 'A', 'C' -> {
                Map<String, Integer> users = new LinkedHashMap<>();
                for (int left = in.readInt(); left > 0; left--) {
                    users.put(in.readUTF(), in.readInt());
                }
                yield new Counts(node, kind == 'A', users);
            }
            case 'B' -> new Beat(node, in.readLong());
            case 'Q' -> new Question(node, in.readUTF());
            default -> throw new IOException("no such news: " + kind);
        };
    }
}
