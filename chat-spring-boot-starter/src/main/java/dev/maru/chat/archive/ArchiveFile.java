package dev.maru.chat.archive;

import dev.maru.store.jdbc.OwnerOnly;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * One room's messages of one month: {@code <room>/<yyyy-MM>.jsonl.gz}, made of gzip members that stand one behind the
 * other, which every reader of gzip takes for one file.
 *
 * <p>The database says how many of its bytes count. What lies beyond them was appended by a step that did not end, so
 * its messages are still in the database; the next step cuts it off.
 *
 * <p>Immutable; appended to by one thread at a time.
 *
 * @param path where it is
 */
record ArchiveFile(Path path) {

    static ArchiveFile of(Path archive, String room, String month) {
        return new ArchiveFile(archive.resolve(name(room)).resolve(month + ".jsonl.gz"));
    }

    /**
     * A room's id as it is safe in file systems that do not tell upper case from lower: {@code Tea} is {@code +tea}.
     */
    static String name(String room) {
        return room.chars()
                .mapToObj(c -> (Character.isUpperCase(c) ? "+" : "") + (char) Character.toLowerCase(c))
                .collect(Collectors.joining());
    }

    boolean exists() {
        return Files.exists(path);
    }

    /**
     * Puts lines behind the bytes that count, and returns how many count with them. What was appended is on the disk
     * then.
     *
     * @throws IOException if that cannot be done; also if the file is shorter than it must be
     */
    long append(long counting, List<MessageLine> lines) throws IOException {
        byte[] member = compress(lines);
        Path room = Objects.requireNonNull(path.getParent());
        OwnerOnly.createFolder(room);
        try (FileChannel file = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OwnerOnly.file(path))) {
            if (file.size() < counting) {
                throw new IOException(path + " is shorter than what was written to it; put it back, or move it away");
            }
            append(file, counting, member);
        }
        if (counting == 0) {
            OwnerOnly.sync(room);
            OwnerOnly.sync(Objects.requireNonNull(room.getParent()));
        }
        return counting + member.length;
    }

    private static void append(FileChannel file, long counting, byte[] member) throws IOException {
        file.truncate(counting);
        file.position(counting);
        ByteBuffer rest = ByteBuffer.wrap(member);
        while (rest.hasRemaining()) {
            file.write(rest);
        }
        file.force(true);
    }

    private static byte[] compress(List<MessageLine> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (MessageLine line : lines) {
                gzip.write(line.json());
            }
        }
        return bytes.toByteArray();
    }
}
