package dev.maru.server.command;

import dev.maru.chat.archive.HistoryExport;
import dev.maru.chat.archive.HistoryExport.Exported;
import dev.maru.store.jdbc.DatabaseCopy;
import dev.maru.store.jdbc.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Writes the rooms and messages of a data folder, or of PostgreSQL, to files, while a server may be working on it.
 *
 * <p>Immutable; blocks.
 *
 * @param data the data folder, with the archive in either case
 * @param postgres the database; empty if it is in the data folder
 */
record Export(Path data, Optional<DataSource> postgres) {

    /** Returns what to say of it. */
    String write(Path target) {
        try {
            if (Files.exists(target) && !isEmptyFolder(target)) {
                throw CommandFailure.failed(target + " is not an empty folder.");
            }
            OwnerOnly.createFolder(target);
            HistoryExport export = new HistoryExport(data.resolve(BackupFormat.ARCHIVE), target);
            Exported done =
                    postgres.isPresent() ? DatabaseCopy.read(postgres.get(), export) : DatabaseCopy.read(data, export);
            return "Exported %,d rooms of %s to %s.%s"
                    .formatted(
                            done.rooms(),
                            postgres.isPresent() ? "PostgreSQL" : data,
                            target,
                            Backup.warning(
                                    done.missing().stream().map(Path::toString).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmptyFolder(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return false;
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.findAny().isEmpty();
        }
    }
}
