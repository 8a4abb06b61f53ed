package dev.maru.server.command;

import dev.maru.store.jdbc.DataFolder;
import dev.maru.store.jdbc.DatabaseCopy;
import dev.maru.store.jdbc.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Makes a data folder what a backup has, under a new epoch.
 *
 * <p>Everything is unpacked beside its place first, checked and synced; then it is moved there, the database last. If that
 * is interrupted, the folder has no database yet, no server makes one, and the command can be given again with
 * {@code --replace}.
 *
 * <p>Immutable; blocks.
 *
 * @param data the data folder
 * @param replace whether what is in it may be moved aside
 */
record Restore(Path data, boolean replace) {
    private static final String REPLACED = "replaced-";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Returns what to say of it. */
    String read(Path backup) {
        checkMark(backup);
        try (DataFolder _ = DataFolder.claim(data)) {
            boolean occupied = !occupants().isEmpty();
            if (occupied && !replace) {
                throw CommandFailure.failed(data + " is not empty; --replace moves what is there aside.");
            }
            return read(backup, data.resolve(DataFolder.RESTORING), occupied);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(Path backup, Path stage, boolean occupied) throws IOException {
        try {
            FileTree.delete(stage);
            unpack(backup, stage);
            String epoch = DatabaseCopy.renew(stage.resolve(DataFolder.DATABASE));
            FileTree.sync(stage);
            String aside = occupied ? " What was there is in " + moveAside() + "." : "";
            moveIn(stage);
            return "Restored %s to %s, with the epoch %s.%s".formatted(backup, data, epoch, aside);
        } finally {
            FileTree.delete(stage);
        }
    }

    /** What is at the end of a ZIP file says that it is whole; one that is read from its beginning may end anywhere. */
    private static void checkMark(Path backup) {
        try (ZipFile _ = new ZipFile(backup.toFile());
                ZipInputStream zip = new ZipInputStream(Files.newInputStream(backup))) {
            ZipEntry first = zip.getNextEntry();
            boolean marked = first != null && first.getName().equals(BackupFormat.MARK);
            String mark = marked ? new String(zip.readAllBytes(), StandardCharsets.UTF_8) : "";
            if (!mark.equals(BackupFormat.MARK_TEXT)) {
                throw CommandFailure.failed(backup + " is no backup that this version can read.");
            }
        } catch (ZipException e) {
            throw CommandFailure.failed(backup + " is no backup: " + e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.failed(backup + " cannot be read: " + e);
        }
    }

    private static void unpack(Path backup, Path stage) throws IOException {
        OwnerOnly.createFolder(stage);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(backup))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.getName().equals(BackupFormat.MARK)) {
                    unpack(zip, stage, entry.getName());
                }
            }
        }
        if (!Files.exists(stage.resolve(DataFolder.DATABASE))) {
            throw CommandFailure.failed(backup + " has no database.");
        }
    }

    /** Only under names that a backup has, so that nothing is written elsewhere. */
    private static void unpack(InputStream bytes, Path stage, String name) throws IOException {
        boolean known = List.of(DataFolder.DATABASE, BackupFormat.ADMIN_TOKEN).contains(name);
        if (!known && !BackupFormat.isArchived(name)) {
            throw CommandFailure.failed("The backup has an entry that no backup has: " + name);
        }
        FileTree.write(stage, stage.resolve(name), bytes);
    }

    /** What is in the folder beside the lock and what an interrupted attempt has left. */
    private List<Path> occupants() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> !List.of(DataFolder.LOCK, DataFolder.RESTORING)
                            .contains(file.getFileName().toString()))
                    .toList();
        }
    }

    /** Moves everything but what was moved aside before. */
    private Path moveAside() throws IOException {
        if (Files.exists(data.resolve(DataFolder.DATABASE))) {
            settle();
        }
        Path aside = data.resolve(REPLACED + TIME.format(Instant.now()));
        OwnerOnly.createFolder(aside);
        for (Path file : occupants()) {
            String name = file.getFileName().toString();
            if (!name.startsWith(REPLACED)) {
                Files.move(file, aside.resolve(name));
            }
        }
        OwnerOnly.sync(aside);
        return aside;
    }

    /** A database that is too broken for that may be the very reason for restoring. */
    private void settle() {
        try {
            DatabaseCopy.settle(data);
        } catch (RuntimeException e) {
            return;
        }
    }

    private void moveIn(Path stage) throws IOException {
        for (String name : List.of(BackupFormat.ARCHIVE, BackupFormat.ADMIN_TOKEN, DataFolder.DATABASE)) {
            if (Files.exists(stage.resolve(name))) {
                Files.move(stage.resolve(name), data.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        OwnerOnly.sync(data);
    }
}
