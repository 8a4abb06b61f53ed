package dev.maru.chat.store;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.ClassicLog;
import dev.maru.chat.message.EventLog;
import dev.maru.chat.message.Messages;
import dev.maru.chat.room.Rooms;
import dev.maru.chat.search.Search;
import dev.maru.store.jdbc.Database;
import java.time.InstantSource;

/**
 * The chat on a database.
 *
 * <p>Safe for any thread.
 *
 * @param rooms the rooms
 * @param messages their messages
 * @param search finds messages
 * @param classicLog for the engine, at {@code /topic/public/{roomId}}
 * @param eventLog for the engine, at {@code /topic/rooms/{roomId}}
 */
public record ChatStore(Rooms rooms, Messages messages, Search search, ClassicLog classicLog, EventLog eventLog)
        implements AutoCloseable {

    private static final String MIGRATIONS = "dev/maru/chat/migration";

    /**
     * Brings the chat's tables up to date and starts on them. Blocks. Once for each database, which stays the caller's
     * to close, after this.
     */
    public static ChatStore open(Database database, ChatLimits limits, InstantSource time) {
        database.migrate("chat", MIGRATIONS);
        Rooms rooms = new Rooms(database, limits, time);
        Messages messages = new Messages(database, rooms, limits, Search.indexOf(database.product()), time);
        Search search = new Search(database, messages);
        DeletedRooms deleted = new DeletedRooms(database, search);
        rooms.onChange(deleted);
        deleted.resume();
        return new ChatStore(
                rooms,
                messages,
                search,
                new ClassicLog(database, rooms, messages),
                new EventLog(database, rooms, messages));
    }

    /** Stops the search's thread. Idempotent. */
    @Override
    public void close() {
        search.close();
    }
}
