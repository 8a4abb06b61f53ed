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
 */
public final class ChatStore implements AutoCloseable {

    /** Brings the chat's tables up to date and starts on them. Blocks. The database stays the caller's to close. */
    public static ChatStore open(Database database, ChatLimits limits, InstantSource time) {
        throw new UnsupportedOperationException();
    }

    public Rooms rooms() {
        throw new UnsupportedOperationException();
    }

    public Messages messages() {
        throw new UnsupportedOperationException();
    }

    public Search search() {
        throw new UnsupportedOperationException();
    }

    /** For the engine, at {@code /topic/public/{roomId}}. */
    public ClassicLog classicLog() {
        throw new UnsupportedOperationException();
    }

    /** For the engine, at {@code /topic/rooms/{roomId}}. */
    public EventLog eventLog() {
        throw new UnsupportedOperationException();
    }

    /** Stops the search's thread. Idempotent. */
    @Override
    public void close() {}
}
