package dev.maru.store.jdbc;

import dev.maru.engine.history.LogUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder of an embedded database: readable by its owner only where the file system can, and used by one process
 * at a time. The second one would count offsets of its own.
 *
 * <p>Confined to the thread that opens and closes the database.
 */
final class DataFolder implements AutoCloseable {

    private static final String DATABASE = "maru.db";
    private static final String LOCK = "maru.lock";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static DataFolder open(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
            }
            createFile(folder.resolve(LOCK));
            createFile(folder.resolve(DATABASE));
            return new DataFolder(folder, lock(folder));
        } catch (IOException e) {
            throw new LogUnavailableException("the data folder " + folder + " cannot be used", e);
        }
    }

    Path database() {
        return folder.resolve(DATABASE);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LogUnavailableException("the lock of " + folder + " cannot be released", e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("it is in use by this process already", e);
        }
        channel.close();
        throw new IOException("it is in use by another process");
    }

    private static void createFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, ownerOnly(file, "rw-------"));
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path place, String permissions) {
        if (!place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
    }
}
