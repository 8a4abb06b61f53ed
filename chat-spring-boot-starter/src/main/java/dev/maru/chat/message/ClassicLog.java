package dev.maru.chat.message;

import dev.maru.chat.ChatFault;
import dev.maru.chat.room.Room;
import dev.maru.chat.room.RoomCreationLimit;
import dev.maru.chat.room.Rooms;
import dev.maru.engine.fault.Refusal;
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
 * The history of {@code /topic/public/{roomId}}: each room's talk as classic chat messages. What an application
 * publishes there is stored as if its sender had sent it, and reaches the room's other stream too.
 *
 * <p>Safe for any thread; nothing here blocks the caller.
 */
public final class ClassicLog implements MessageLog {

    /** What stands before the room's id. */
    public static final String PREFIX = "/topic/public/";

    private final Database database;
    private final Rooms rooms;
    private final Messages messages;
    private final RoomStreams streams;

    public ClassicLog(Database database, Rooms rooms, Messages messages) {
        this.database = database;
        this.rooms = rooms;
        this.messages = messages;
        this.streams = new RoomStreams(PREFIX, database.epoch());
    }

    @Override
    public CompletionStage<LogHead> head(String destination) {
        return streams.head(rooms, destination, Room::head, Room::oldest);
    }

    @Override
    public CompletionStage<Map<String, LogHead>> heads(Set<String> destinations) {
        return streams.heads(rooms, destinations, Room::head, Room::oldest);
    }

    @Override
    public CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
        Optional<String> room = streams.room(destination);
        if (room.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        return database.readers()
                .read(sql -> MessageRows.readAfter(sql, room.get(), offset, limit).stream()
                        .map(this::render)
                        .toList());
    }

    /** Takes the JSON of a TALK. Refuses JOIN and LEAVE, which are not kept, with UNKNOWN_TYPE. */
    @Override
    public CompletionStage<StreamPosition> append(LogEntry entry) {
        try {
            return messages.store(request(entry), RoomCreationLimit.none()).thenApply(Talked::position);
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    @Override
    public void inTurn(String destination, Runnable action) {
        database.writer().inTurn(action);
    }

    @Override
    public void onStored(Consumer<StoredMessage> listener) {
        messages.onEvent(event -> {
            ChatMessage message = event.message();
            if (message != null && event.kind().equals(RoomEvent.TALK)) {
                listener.accept(render(message));
            }
        });
    }

    private StoredMessage render(ChatMessage message) {
        return streams.stored(message.roomId(), message.offset(), MessageJson.classic(message));
    }

    private TalkRequest request(LogEntry entry) {
        String room = streams.room(entry.destination())
                .orElseThrow(() -> new Refusal(ChatFault.INVALID_ROOM_ID, "The destination names no room."));
        ClassicMessage json = ClassicMessage.parse(entry.content().body());
        if (json.type() != null && !json.type().equals(RoomEvent.TALK)) {
            throw new Refusal(ChatFault.UNKNOWN_TYPE, "Only messages of the type TALK are kept.");
        }
        String name = json.sender() == null ? "" : json.sender();
        String text = json.message() == null ? "" : json.message();
        String clientMessageId = entry.clientMessageId() == null ? json.clientMessageId() : entry.clientMessageId();
        return new TalkRequest(room, new Author(entry.author(), name), text, clientMessageId);
    }
}
