package dev.maru.store.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that says, by being locked, that a process has what belongs to it. It ends with the process.
 *
 * <p>Confined to the thread that opens and closes the database.
 */
public final class ProcessLock implements AutoCloseable {

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the file, if it is not there, and locks it.
     *
     * @throws IOException also if it is locked already
     */
    public static ProcessLock take(Path file) throws IOException {
        OwnerOnly.createFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new ProcessLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("it is in use by this process already", e);
        }
        channel.close();
        throw new IOException("it is in use by another process");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
