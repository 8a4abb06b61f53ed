package dev.maru.store.jdbc;

import dev.maru.engine.history.LogUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of an embedded database: readable by its owner only where the file system can, and used by one process
 * at a time. The second one would count offsets of its own.
 *
 * <p>Confined to the thread that opens and closes the database.
 */
public final class DataFolder implements AutoCloseable {

    /** The file of the database. */
    public static final String DATABASE = "maru.db";

    /** The file that says, by being locked, that the folder is in use. */
    public static final String LOCK = "maru.lock";

    /** The folder in which a backup is unpacked before it is moved to its place. */
    public static final String RESTORING = "restoring";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Takes it, with a database; an empty one if there is none, unless a backup was about to become it. */
    static DataFolder open(Path folder) {
        DataFolder claimed = claim(folder);
        try {
            if (Files.exists(folder.resolve(RESTORING)) && !Files.exists(claimed.database())) {
                throw new IOException(
                        "it was being restored when that was interrupted; restore it again with --replace");
            }
            OwnerOnly.createFile(claimed.database());
            return claimed;
        } catch (IOException e) {
            claimed.close();
            throw unusable(folder, e);
        }
    }

    /**
     * Takes the folder for this process, as a server does, and makes no database in it. Blocks.
     *
     * @throws LogUnavailableException if another process has it, or it cannot be written to
     */
    public static DataFolder claim(Path folder) {
        try {
            OwnerOnly.createFolder(folder);
            OwnerOnly.createFile(folder.resolve(LOCK));
            return new DataFolder(folder, lock(folder));
        } catch (IOException e) {
            throw unusable(folder, e);
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

    private static LogUnavailableException unusable(Path folder, IOException cause) {
        return new LogUnavailableException("the data folder " + folder + " cannot be used", cause);
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
}
