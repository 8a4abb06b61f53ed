package dev.maru.chat.message;

import dev.maru.chat.room.Room;
import dev.maru.chat.room.Rooms;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.store.jdbc.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The history of {@code /topic/rooms/{roomId}}: everything that happens in a room, as events with positions of their
 * own. Nobody publishes there; the events come with what they tell of, in the same transaction.
 *
 * <p>Safe for any thread; nothing here blocks the caller.
 */
public final class EventLog implements MessageLog {

    /** What stands before the room's id. */
    public static final String PREFIX = "/topic/rooms/";

    private final Database database;
    private final Rooms rooms;
    private final Messages messages;
    private final RoomStreams streams;

    public EventLog(Database database, Rooms rooms, Messages messages) {
        this.database = database;
        this.rooms = rooms;
        this.messages = messages;
        this.streams = new RoomStreams(PREFIX, database.epoch());
    }

    @Override
    public CompletionStage<LogHead> head(String destination) {
        return streams.head(rooms, destination, Room::eventHead, Room::oldestEvent);
    }

    @Override
    public CompletionStage<Map<String, LogHead>> heads(Set<String> destinations) {
        return streams.heads(rooms, destinations, Room::eventHead, Room::oldestEvent);
    }

    @Override
    public CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
        Optional<String> room = streams.room(destination);
        if (room.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        return database.readers()
                .read(sql -> MessageRows.readEventsAfter(sql, room.get(), offset, limit).stream()
                        .map(this::render)
                        .toList());
    }

    /** Refuses everything with FORBIDDEN. */
    @Override
    public CompletionStage<StreamPosition> append(LogEntry entry) {
        return CompletableFuture.failedStage(
                new Refusal(SessionFault.FORBIDDEN, "A room's events are written by the server alone."));
    }

    @Override
    public void inTurn(String destination, Runnable action) {
        database.writer().inTurn(action);
    }

    @Override
    public void onStored(Consumer<StoredMessage> listener) {
        messages.onEvent(event -> listener.accept(render(event)));
    }

    private StoredMessage render(RoomEvent event) {
        return streams.stored(event.roomId(), event.seq(), MessageJson.event(event));
    }
}
