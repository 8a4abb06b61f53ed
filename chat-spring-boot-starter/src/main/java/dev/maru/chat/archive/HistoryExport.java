package dev.maru.chat.archive;

import dev.maru.store.jdbc.OwnerOnly;
import dev.maru.store.jdbc.Read;
import dev.maru.store.jdbc.Sql;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes all rooms and messages of one moment as JSON Lines: {@code rooms.jsonl}, and {@code messages/<room>.jsonl} with
 * a room's messages in the order of their offsets, those of the archive first.
 *
 * <p>Confined to the thread that reads.
 */
public final class HistoryExport implements Read<HistoryExport.Exported> {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final Path archive;
    private final Path target;
    private final List<Path> missing = new ArrayList<>();

    /**
     * @param archive the folder of the archive
     * @param target a folder that is there and empty
     */
    public HistoryExport(Path archive, Path target) {
        this.archive = archive;
        this.target = target;
    }

    /**
     * What was written.
     *
     * @param rooms how many rooms
     * @param missing files of the archive that are no longer there
     */
    public record Exported(int rooms, List<Path> missing) {}

    /** Throws an {@link UncheckedIOException} if a file cannot be read or written. */
    @Override
    public Exported read(Sql sql) throws SQLException {
        Map<String, List<ArchivedFile>> archived =
                ArchivedFile.all(sql).stream().collect(Collectors.groupingBy(ArchivedFile::room));
        try {
            OwnerOnly.createFolder(target.resolve("messages"));
            List<String> ids = new ArrayList<>();
            try (OutputStream out = create(target.resolve("rooms.jsonl"))) {
                sql.scan("SELECT * FROM maru_room ORDER BY id", HistoryExport::room, room -> {
                    ids.add(room.id());
                    return write(out, room.json());
                });
            }
            for (String id : ids) {
                writeMessages(sql, id, archived.getOrDefault(id, List.of()));
            }
            return new Exported(ids.size(), missing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeMessages(Sql sql, String room, List<ArchivedFile> archived) throws SQLException, IOException {
        Path file = target.resolve("messages").resolve(ArchiveFile.name(room) + ".jsonl");
        try (OutputStream out = create(file)) {
            for (ArchivedFile part : archived) {
                copy(part, out);
            }
            sql.scan(
                    "SELECT " + MessageLine.COLUMNS + " FROM maru_message WHERE room = ? ORDER BY \"offset\"",
                    MessageLine::read,
                    line -> write(out, line.json()),
                    room);
        }
    }

    private void copy(ArchivedFile part, OutputStream out) throws IOException {
        if (!part.exists(archive)) {
            missing.add(part.path());
            return;
        }
        try (GZIPInputStream lines = new GZIPInputStream(part.open(archive))) {
            lines.transferTo(out);
        }
    }

    private static OutputStream create(Path file) throws IOException {
        return new BufferedOutputStream(Channels.newOutputStream(Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file(file))));
    }

    private static boolean write(OutputStream out, byte[] line) {
        try {
            out.write(line);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RoomLine room(ResultSet row) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("id", row.getString("id"));
            json.writeStringProperty("name", row.getString("name"));
            json.writeNumberProperty("head", row.getLong("head"));
            json.writeStringProperty("createdBy", row.getString("created_by"));
            MessageLine.text(json, "createdAt", MessageLine.time(row, "created_at"));
            MessageLine.text(json, "lastMessageAt", MessageLine.time(row, "last_message_at"));
            MessageLine.text(json, "deletedAt", MessageLine.time(row, "deleted_at"));
            json.writeEndObject();
        }
        bytes.write('\n');
        return new RoomLine(row.getString("id"), bytes.toByteArray());
    }

    private record RoomLine(String id, byte[] json) {}
}
