package dev.maru.server.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The admin's token. The first start writes it to the data folder, readable by its owner only; whoever can read that
 * file administers the server. Delete the file and start again for a new one.
 *
 * <p>Immutable; safe for any thread.
 */
final class AdminToken {
    /** The name of the file. */
    static final String FILE = "admin-token";

    private static final String PREFIX = "maru_a_";
    private static final int SHORTEST = 32;

    private final String token;

    private AdminToken(String token) {
        this.token = token;
    }

    /** Reads the token, and makes it first where there is none. Blocks. */
    static AdminToken readOrCreate(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            write(file, Secrets.secret(PREFIX));
        } catch (FileAlreadyExistsException expected) {
            // It was made by an earlier start.
        } catch (IOException e) {
            throw new UncheckedIOException("the admin's token cannot be written", e);
        }
        return read(file);
    }

    boolean matches(String given) {
        return Secrets.equal(token, given);
    }

    private static AdminToken read(Path file) {
        try {
            String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (token.length() < SHORTEST) {
                throw new IllegalStateException(
                        file + " holds no token of " + SHORTEST + " characters or more; delete it, and start again");
            }
            return new AdminToken(token);
        } catch (IOException e) {
            throw new UncheckedIOException("the admin's token cannot be read", e);
        }
    }

    private static void write(Path file, String token) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, fresh, ownerOnly(file))) {
            channel.write(ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
