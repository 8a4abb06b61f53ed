package dev.maru.chat.message;

import dev.maru.chat.room.Room;
import dev.maru.chat.room.RoomId;
import dev.maru.chat.room.Rooms;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    CompletionStage<Map<String, LogHead>> heads(
            Rooms rooms, Set<String> destinations, ToLongFunction<Room> offset, ToLongFunction<Room> oldest) {
        List<String> ids = destinations.stream()
                .flatMap(destination -> room(destination).stream())
                .toList();
        return rooms.find(ids).thenApply(found -> {
            Map<String, LogHead> heads = new HashMap<>();
            for (String destination : destinations) {
                Room room = found.get(room(destination).orElse(""));
                heads.put(destination, head(Optional.ofNullable(room), offset, oldest));
            }
            return heads;
        });
    }

    CompletionStage<LogHead> head(
            Rooms rooms, String destination, ToLongFunction<Room> offset, ToLongFunction<Room> oldest) {
        return rooms.find(room(destination).orElse("")).thenApply(room -> head(room, offset, oldest));
    }

    private LogHead head(Optional<Room> room, ToLongFunction<Room> offset, ToLongFunction<Room> oldest) {
        return new LogHead(
                new StreamPosition(epoch, room.map(offset::applyAsLong).orElse(0L)),
                room.map(oldest::applyAsLong).orElse(1L));
    }
}
