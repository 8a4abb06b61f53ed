package dev.maru.chat.store;

import dev.maru.chat.room.Room;
import dev.maru.chat.room.RoomListener;
import dev.maru.chat.search.IndexedMessages;
import dev.maru.chat.search.Search;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what was said in deleted rooms out of the store: a few messages at a time, in transactions of their own, so that
 * nobody waits for it. What a restart interrupts goes on afterwards. The row of the room stays, so that its id is never
 * used again.
 *
 * <p>Safe for any thread; nothing here blocks the caller.
 */
final class DeletedRooms implements RoomListener {

    private static final Logger LOG = LoggerFactory.getLogger(DeletedRooms.class);
    private static final int STEP = 64;

    private final Database database;
    private final Search search;

    DeletedRooms(Database database, Search search) {
        this.database = database;
        this.search = search;
    }

    /** Goes on with what was not finished when the application stopped. */
    void resume() {
        database.readers()
                .read(sql -> sql.list(
                        "SELECT id FROM maru_room r WHERE deleted_at IS NOT NULL AND (EXISTS"
                                + " (SELECT 1 FROM maru_message m WHERE m.room = r.id) OR EXISTS"
                                + " (SELECT 1 FROM maru_room_event e WHERE e.room = r.id))",
                        row -> row.getString(1)))
                .thenAccept(rooms -> rooms.forEach(this::empty));
    }

    @Override
    public void onCreated(Room room) {}

    @Override
    public void onChanged(Room room) {}

    @Override
    public void onDeleted(Room room) {
        empty(room.id());
    }

    /** Only what the search index has can be deleted, so it is waited for first. */
    private void empty(String room) {
        search.catchUp()
                .thenCompose(_ -> database.writer().submitApart(sql -> step(sql, room)))
                .whenComplete((more, error) -> {
                    if (error != null) {
                        LOG.warn(
                                "What was said in the deleted room {} is removed after the next start: {}",
                                room,
                                String.valueOf(error.getMessage()));
                    } else if (more) {
                        empty(room);
                    }
                });
    }

    private static boolean step(Sql sql, String room) throws SQLException {
        List<Long> rows = sql.list(
                "SELECT row_no FROM maru_message WHERE room = ? AND row_no <= ? ORDER BY row_no LIMIT ?",
                row -> row.getLong(1),
                room,
                IndexedMessages.cursor(sql),
                STEP);
        for (Long row : rows) {
            sql.update("DELETE FROM maru_message WHERE row_no = ?", row);
        }
        IndexedMessages.remove(sql, rows);
        int events = sql.update(
                "DELETE FROM maru_room_event WHERE room = ? AND seq IN"
                        + " (SELECT seq FROM maru_room_event WHERE room = ? ORDER BY seq LIMIT ?)",
                room,
                room,
                STEP);
        sql.update("DELETE FROM maru_member WHERE room = ?", room);
        sql.update("DELETE FROM maru_held_message WHERE room = ?", room);
        return !rows.isEmpty() || events > 0;
    }
}
