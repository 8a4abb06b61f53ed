package dev.maru.server.account;

import dev.maru.store.jdbc.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * The file with the admin's token. Delete it and start again for a new one.
 *
 * <p>Immutable; blocks.
 *
 * @param folder the data folder
 */
record AdminTokenFile(Path folder) {
    /** The name of the file. */
    static final String NAME = "admin-token";

    /** What tokens that are made here begin with. */
    static final String PREFIX = "maru_a_";

    private static final int SHORTEST = 32;

    Path path() {
        return folder.resolve(NAME);
    }

    /** Reads the token, and makes it first where there is none. */
    String readOrCreate() {
        try {
            OwnerOnly.createFolder(folder);
            write(Secrets.secret(PREFIX));
        } catch (FileAlreadyExistsException expected) {
            // It was made by an earlier start.
        } catch (IOException e) {
            throw new UncheckedIOException("the admin's token cannot be written", e);
        }
        return read().orElseThrow();
    }

    /** The token; empty where there is no file. */
    Optional<String> read() {
        try {
            return Files.exists(path())
                    ? Optional.of(check(Files.readString(path(), StandardCharsets.US_ASCII)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the admin's token cannot be read", e);
        }
    }

    private String check(String content) {
        String token = content.strip();
        if (token.length() < SHORTEST) {
            throw new IllegalStateException(
                    path() + " holds no token of " + SHORTEST + " characters or more; delete it, and start again");
        }
        return token;
    }

    private void write(String token) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(path(), fresh, OwnerOnly.file(path()))) {
            channel.write(ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
