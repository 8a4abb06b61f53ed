package dev.maru.chat.archive;

import dev.maru.chat.store.OpenChat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an archive as anybody would, and as far as the database says that it counts. */
record ArchiveReader(Path archive) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The names of a room's files. */
    List<String> files(String room) {
        try (Stream<Path> files = Files.list(archive.resolve(ArchiveFile.name(room)))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines of a room's files, from the first byte to the last. */
    List<JsonNode> everything(String room) {
        return files(room).stream().flatMap(file -> lines(bytes(room, file))).toList();
    }

    /** The lines of what counts. */
    List<JsonNode> counting(OpenChat chat, String room) {
        return OpenChat.await(chat.database()
                        .readers()
                        .read(sql -> sql.list(
                                "SELECT month, bytes FROM maru_archive_file WHERE room = ? ORDER BY month",
                                row -> Arrays.copyOf(
                                        bytes(room, row.getString(1) + ".jsonl.gz"), Math.toIntExact(row.getLong(2))),
                                room)))
                .stream()
                .flatMap(ArchiveReader::lines)
                .toList();
    }

    Path file(String room, String month) {
        return archive.resolve(ArchiveFile.name(room)).resolve(month + ".jsonl.gz");
    }

    private byte[] bytes(String room, String file) {
        try {
            return Files.readAllBytes(archive.resolve(ArchiveFile.name(room)).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> lines(byte[] compressed) {
        if (compressed.length == 0) {
            return Stream.empty();
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().toList().stream().map(JSON::readTree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
