package dev.maru.chat.room;

import dev.maru.store.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code maru_room}.
 *
 * <p>Safe for any thread.
 */
final class RoomRows {

    private static final String COLUMNS = "SELECT id, name, head, event_head, oldest, oldest_event,"
            + " last_message_at, created_at, revision, deleted_at FROM maru_room ";

    /** A number that nothing else locks by: the letters of "maru room". */
    private static final long CREATION_LOCK = 0x6d617275726f6f6dL;

    private RoomRows() {}

    static Optional<Room> find(Sql sql, String id) throws SQLException {
        return sql.first(COLUMNS + "WHERE id = ? AND deleted_at IS NULL", RoomRows::room, id);
    }

    /** Those of these rooms that are there. For PostgreSQL. */
    static List<Room> find(Sql sql, Collection<String> ids) throws SQLException {
        return sql.list(COLUMNS + "WHERE id = ANY (?) AND deleted_at IS NULL", RoomRows::room, array(ids));
    }

    /** Whether none of these rooms is missing; what was deleted is there. For PostgreSQL. */
    static boolean exist(Sql sql, Collection<String> ids) throws SQLException {
        return sql.first("SELECT count(*) FROM maru_room WHERE id = ANY (?)", row -> row.getInt(1), array(ids))
                .filter(there -> there == ids.size())
                .isPresent();
    }

    /** From here to the end of the transaction no other process makes a room that waits for this, too. For PostgreSQL. */
    static void lockCreation(Sql sql) throws SQLException {
        sql.first("SELECT pg_advisory_xact_lock(?)", row -> true, CREATION_LOCK);
    }

    /** Also finds what was deleted. */
    static Optional<RoomHead> findHead(Sql sql, String id, boolean lock) throws SQLException {
        return sql.first(COLUMNS + "WHERE id = ?" + (lock ? " FOR UPDATE" : ""), RoomRows::head, id);
    }

    /** Those of these rooms that are there, locked in the order of their ids. For PostgreSQL. */
    static List<RoomHead> lock(Sql sql, SortedSet<String> ids) throws SQLException {
        return ids.isEmpty()
                ? List.of()
                : sql.list(COLUMNS + "WHERE id = ANY (?) ORDER BY id FOR UPDATE", RoomRows::head, array(ids));
    }

    /** The rooms that were active last; the lobby takes the last place if it is not among them. */
    static List<Room> list(Sql sql, int limit) throws SQLException {
        List<Room> rooms = new ArrayList<>(sql.list(
                COLUMNS + "WHERE deleted_at IS NULL ORDER BY active_at DESC, id LIMIT ?", RoomRows::room, limit));
        if (rooms.stream().noneMatch(room -> room.id().equals(RoomId.LOBBY))) {
            if (rooms.size() == limit) {
                rooms.removeLast();
            }
            rooms.add(find(sql, RoomId.LOBBY).orElseThrow());
        }
        return rooms;
    }

    static int count(Sql sql) throws SQLException {
        return sql.first("SELECT count(*) FROM maru_room WHERE deleted_at IS NULL", row -> row.getInt(1))
                .orElseThrow();
    }

    /** Returns false if there is one with this id by now. */
    static boolean insert(Sql sql, RoomHead head, String createdBy) throws SQLException {
        Room room = head.toRoom();
        long now = room.createdAt().toEpochMilli();
        return sql.update(
                        "INSERT INTO maru_room (id, name, created_at, created_by, active_at) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (id) DO NOTHING",
                        room.id(),
                        room.name(),
                        now,
                        createdBy,
                        now)
                == 1;
    }

    static void updateHeads(Sql sql, Room room) throws SQLException {
        Long at = millis(room.lastMessageAt());
        sql.update(
                "UPDATE maru_room SET head = ?, event_head = ?, oldest = ?, oldest_event = ?, last_message_at = ?,"
                        + " active_at = coalesce(?, active_at) WHERE id = ?",
                room.head(),
                room.eventHead(),
                room.oldest(),
                room.oldestEvent(),
                at,
                at,
                room.id());
    }

    static void updateName(Sql sql, Room room) throws SQLException {
        sql.update("UPDATE maru_room SET name = ?, revision = ? WHERE id = ?", room.name(), room.revision(), room.id());
    }

    static void delete(Sql sql, Room room, Instant now) throws SQLException {
        sql.update(
                "UPDATE maru_room SET deleted_at = ?, revision = ? WHERE id = ?",
                now.toEpochMilli(),
                room.revision(),
                room.id());
    }

    private static Object array(Collection<String> ids) {
        return ids.toArray(String[]::new);
    }

    private static RoomHead head(ResultSet row) throws SQLException {
        return new RoomHead(room(row), row.getObject(10) != null);
    }

    private static Room room(ResultSet row) throws SQLException {
        long at = row.getLong(7);
        Instant lastMessageAt = row.wasNull() ? null : Instant.ofEpochMilli(at);
        return new Room(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                lastMessageAt,
                Instant.ofEpochMilli(row.getLong(8)),
                row.getLong(9));
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }
}
