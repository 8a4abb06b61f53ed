package dev.maru.chat.message;

import dev.maru.chat.room.Room;
import dev.maru.chat.room.RoomId;
import dev.maru.chat.room.Rooms;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;

/**
 * What the streams of rooms have in common: destinations that end with a room's id, and one epoch.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param prefix what stands before the room's id
 * @param epoch of all positions
 */
record RoomStreams(String prefix, String epoch) {

    /** The id of the destination's room; empty if it cannot be one. */
    Optional<String> room(String destination) {
        if (!destination.startsWith(prefix)) {
            return Optional.empty();
        }
        return Optional.of(destination.substring(prefix.length())).filter(RoomId::isValid);
    }

    StoredMessage stored(String room, long offset, byte[] json) {
        return new StoredMessage(prefix + room, new StreamPosition(epoch, offset), MessageContent.json(json));
    }

    CompletionStage<LogHead> head(
            Rooms rooms, String destination, ToLongFunction<Room> offset, ToLongFunction<Room> oldest) {
        return rooms.find(room(destination).orElse(""))
                .thenApply(room -> new LogHead(
                        new StreamPosition(epoch, room.map(offset::applyAsLong).orElse(0L)),
                        room.map(oldest::applyAsLong).orElse(1L)));
    }
}
