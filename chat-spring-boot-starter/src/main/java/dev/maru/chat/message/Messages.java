package dev.maru.chat.message;

import dev.maru.chat.room.RoomCreationLimit;
import java.util.concurrent.CompletionStage;

/**
 * Writing and reading messages.
 *
 * <p>Safe for any thread; nothing here blocks the caller.
 */
public final class Messages {

    Messages() {}

    /** As {@link #talk(TalkRequest, RoomCreationLimit)} without a limit for the one who writes. */
    public CompletionStage<Talked> talk(TalkRequest request) {
        return talk(request, RoomCreationLimit.none());
    }

    /**
     * Stores a message as the next of its room and tells the room's streams. The stage completes when that is done; a
     * {@link dev.maru.engine.session.ReceiptScope} that is current joins it with the position on the classic stream.
     * Messages that one thread sends to one room are stored in the order of its calls.
     *
     * <p>Completes exceptionally with a {@link dev.maru.engine.fault.Refusal} (INVALID_ROOM_ID, EMPTY_TEXT, TEXT_TOO_LONG,
     * INVALID_CLIENT_MESSAGE_ID, CONFLICT, UNKNOWN_ROOM, TOO_MANY_ROOMS, TOO_MANY_NEW_ROOMS) or with a
     * {@link dev.maru.engine.history.LogUnavailableException}. Nothing is thrown.
     */
    public CompletionStage<Talked> talk(TalkRequest request, RoomCreationLimit limit) {
        throw new UnsupportedOperationException();
    }

    /** A page of a room's messages. Refuses with UNKNOWN_ROOM, INVALID_ROOM_ID or INVALID_QUERY. */
    public CompletionStage<MessagePage> page(PageQuery query) {
        throw new UnsupportedOperationException();
    }
}
