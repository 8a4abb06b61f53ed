package dev.maru.chat.message;

import dev.maru.chat.room.RoomCreationLimit;
import dev.maru.chat.room.RoomHead;
import dev.maru.chat.room.RoomHeads;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.StreamPosition;
import dev.maru.store.jdbc.Sql;
import dev.maru.store.jdbc.Write;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores one message and its event in their places.
 *
 * <p>Confined to the database's writer.
 *
 * <p>A repeat is recognised by the unique index and not by looking first: the message is inserted at the next offset,
 * and if the index says that the author has used the client's id before, nothing was stored, the offset is still free,
 * and the first message is the answer.
 */
final class TalkWrite implements Write<Talked> {

    private final Journal journal;
    private final TalkRequest request;
    private final RoomCreationLimit limit;
    private @Nullable RoomEvent event;

    TalkWrite(Journal journal, TalkRequest request, RoomCreationLimit limit) {
        this.journal = journal;
        this.request = request;
        this.limit = limit;
    }

    /** What every write of messages works with. */
    record Journal(RoomHeads rooms, String epoch, InstantSource time, MessageIndex index, Consumer<RoomEvent> stored) {}

    @Override
    public Talked write(Sql sql) throws SQLException {
        Instant now = Instant.ofEpochMilli(journal.time().millis());
        RoomHead room = journal.rooms()
                .openOrCreate(sql, request.roomId(), request.author().id(), limit, now);
        ChatMessage message = message(room.nextOffset(), now);
        if (!MessageRows.insert(sql, message)) {
            event = null;
            return talked(first(sql), true);
        }
        event = new RoomEvent(
                request.roomId(),
                room.nextSeq(),
                RoomEvent.TALK,
                message.author().name(),
                now,
                message);
        MessageRows.insert(sql, event);
        journal.index().add(sql, message);
        room.advance(now);
        return talked(message, false);
    }

    @Override
    public Set<String> keys() {
        return Set.of(request.roomId());
    }

    @Override
    public long bytes() {
        return 2L * request.text().length();
    }

    @Override
    public void committed(Talked result) {
        if (event != null) {
            journal.stored().accept(event);
        }
    }

    private ChatMessage message(long offset, Instant now) {
        return new ChatMessage(
                request.roomId(),
                offset,
                MessageIds.next(now.toEpochMilli()),
                request.author(),
                request.text(),
                request.clientMessageId(),
                request.replyTo(),
                now);
    }

    /** The message that was stored with the same client message id before. Changes nothing. */
    Optional<Talked> findRepeated(Sql sql) throws SQLException {
        return MessageRows.findRepeated(sql, request).map(first -> talked(same(first), true));
    }

    private ChatMessage first(Sql sql) throws SQLException {
        return same(MessageRows.findRepeated(sql, request).orElseThrow());
    }

    private ChatMessage same(ChatMessage first) {
        if (!first.text().equals(request.text())) {
            throw new Refusal(SessionFault.CONFLICT, "This clientMessageId came before with another text.");
        }
        return first;
    }

    private Talked talked(ChatMessage message, boolean repeated) {
        return new Talked(message, repeated, new StreamPosition(journal.epoch(), message.offset()));
    }
}
