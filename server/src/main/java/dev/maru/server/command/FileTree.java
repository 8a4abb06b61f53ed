package dev.maru.server.command;

import dev.maru.store.jdbc.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with what is in it, and in its folders.
 *
 * <p>Stateless; blocks.
 */
final class FileTree {

    private FileTree() {}

    /** Deletes the folder, if it is there. */
    static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            for (Path file : everything(root).reversed()) {
                Files.delete(file);
            }
        }
    }

    /** Writes a file that is not there, below the folder, and syncs it. */
    static void write(Path root, Path file, InputStream bytes) throws IOException {
        if (!file.normalize().startsWith(root)) {
            throw new IllegalArgumentException(file + " is not below " + root);
        }
        OwnerOnly.createFolder(Objects.requireNonNull(file.getParent()));
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, fresh, OwnerOnly.file(file))) {
            bytes.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    /** Syncs everything, so that it can be moved into its place. */
    static void sync(Path root) throws IOException {
        for (Path file : everything(root)) {
            if (Files.isDirectory(file)) {
                OwnerOnly.sync(file);
            } else {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    /** Folders before what is in them. */
    private static List<Path> everything(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted(Comparator.comparingInt(Path::getNameCount)).toList();
        }
    }
}
