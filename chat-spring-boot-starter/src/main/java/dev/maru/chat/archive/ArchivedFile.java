package dev.maru.chat.archive;

import dev.maru.store.jdbc.Product;
import dev.maru.store.jdbc.Sql;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * A file of the archive as the database knows it at one moment. Immutable; safe for any thread.
 *
 * @param room the room's id
 * @param path where it is below the archive's folder
 * @param bytes how many of its bytes count, from the first one
 */
public record ArchivedFile(String room, Path path, long bytes) {

    private static final String TABLE = "SELECT 1 FROM sqlite_master WHERE name = 'maru_archive_file'";

    /** All files, those of a room one after the other and in order; none in a database that is older than the archive. */
    public static List<ArchivedFile> all(Sql sql) throws SQLException {
        if (sql.product() == Product.SQLITE && sql.first(TABLE, row -> true).isEmpty()) {
            return List.of();
        }
        return sql.list(
                "SELECT room, month, bytes FROM maru_archive_file WHERE bytes > 0 ORDER BY room, month",
                row -> new ArchivedFile(
                        row.getString(1),
                        ArchiveFile.of(Path.of(""), row.getString(1), row.getString(2))
                                .path(),
                        row.getLong(3)));
    }

    /** Whether it is still there; whoever runs the server may take it elsewhere. */
    public boolean exists(Path archive) {
        return Files.exists(archive.resolve(path));
    }

    /**
     * What counts of it, compressed.
     *
     * @throws IOException if there is less of it than must be
     */
    public InputStream open(Path archive) throws IOException {
        Path file = archive.resolve(path);
        if (Files.size(file) < bytes) {
            throw new IOException(file + " is shorter than what was written to it");
        }
        return new Beginning(new BufferedInputStream(Files.newInputStream(file)), bytes);
    }

    /** The first bytes of a stream. */
    private static final class Beginning extends InputStream {
        private final InputStream whole;
        private long left;

        Beginning(InputStream whole, long length) {
            this.whole = whole;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            int read = left == 0 ? -1 : whole.read();
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = left == 0 ? -1 : whole.read(buffer, offset, (int) Math.min(left, length));
            left -= Math.max(read, 0);
            return read;
        }

        /** By this a reader of gzip knows whether another member follows. */
        @Override
        public int available() {
            return (int) Math.min(left, Integer.MAX_VALUE);
        }

        @Override
        public void close() throws IOException {
            whole.close();
        }
    }
}
