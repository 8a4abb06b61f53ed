package dev.maru.server.command;

import dev.maru.chat.archive.ArchivedFile;
import dev.maru.store.jdbc.DataFolder;
import dev.maru.store.jdbc.DatabaseCopy;
import dev.maru.store.jdbc.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a data folder to one file, while a server may be working on it.
 *
 * <p>The database is copied first, as it is at one moment. The copy says how much of each file of the archive counted at
 * that moment, and just that much of it follows: a message that moves meanwhile is in the copy and not in the backup's
 * archive. The file appears under its name only when it is whole and on the disk.
 *
 * <p>Immutable; blocks.
 *
 * @param data the data folder
 */
record Backup(Path data) {

    /** Returns what to say of it. */
    String write(Path target) {
        if (Files.exists(target)) {
            throw CommandFailure.failed(target + " is there already.");
        }
        Path part = Path.of(target + ".part");
        Path copy = Path.of(target + ".part.db");
        try {
            delete(part, copy);
            DatabaseCopy.write(data, copy);
            List<String> missing = pack(copy, part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            OwnerOnly.sync(Objects.requireNonNull(target.getParent()));
            return "Backed up %s to %s (%,d bytes).%s".formatted(data, target, Files.size(target), warning(missing));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(part, copy);
        }
    }

    static String warning(List<String> missing) {
        return missing.isEmpty()
                ? ""
                : " Left out, because they are no longer there: " + String.join(", ", missing) + ".";
    }

    /** Returns which files of the archive are not there. */
    private List<String> pack(Path copy, Path part) throws IOException {
        List<String> missing = new ArrayList<>();
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel file = FileChannel.open(part, fresh, OwnerOnly.file(part));
                ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(file))) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry(BackupFormat.MARK));
            zip.write(BackupFormat.MARK_TEXT.getBytes(StandardCharsets.UTF_8));
            addFile(zip, data.resolve(BackupFormat.ADMIN_TOKEN), BackupFormat.ADMIN_TOKEN);
            addFile(zip, copy, DataFolder.DATABASE);
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (ArchivedFile archived : DatabaseCopy.ask(copy, ArchivedFile::all)) {
                if (!addArchived(zip, archived)) {
                    missing.add(archived.path().toString());
                }
            }
            zip.finish();
            file.force(true);
        }
        return missing;
    }

    private static void addFile(ZipOutputStream zip, Path file, String name) throws IOException {
        if (Files.exists(file)) {
            zip.putNextEntry(new ZipEntry(name));
            Files.copy(file, zip);
        }
    }

    private boolean addArchived(ZipOutputStream zip, ArchivedFile archived) throws IOException {
        Path archive = data.resolve(BackupFormat.ARCHIVE);
        if (!archived.exists(archive)) {
            return false;
        }
        String name = BackupFormat.ARCHIVE + "/" + archived.path().toString().replace('\\', '/');
        zip.putNextEntry(new ZipEntry(name));
        try (InputStream bytes = archived.open(archive)) {
            bytes.transferTo(zip);
        }
        return true;
    }

    /** What cannot be deleted is named .part, and the next backup to this file tries again. */
    private static void delete(Path... files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
