package dev.maru.chat.message;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.room.RoomCreationLimit;
import dev.maru.chat.room.RoomId;
import dev.maru.chat.room.Rooms;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.ReceiptScope;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Readers;
import dev.maru.store.jdbc.Sql;
import dev.maru.store.jdbc.Write;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Writing and reading messages. A bean of this type is the way to the messages for the application's own code, which is
 * asked for no permission and not moderated.
 *
 * <p>Safe for any thread; nothing here blocks the caller. Stages may complete on a thread of the store's, so what hangs on
 * them must be quick, or go elsewhere by {@code thenAcceptAsync}.
 */
public final class Messages {

    private final Database database;
    private final Rooms rooms;
    private final ChatLimits limits;
    private final TalkRules rules;
    private final TalkWrite.Journal journal;
    private final List<Consumer<RoomEvent>> listeners = new CopyOnWriteArrayList<>();

    /** @param index is written with each message */
    public Messages(Database database, Rooms rooms, ChatLimits limits, MessageIndex index, InstantSource time) {
        this.database = database;
        this.rooms = rooms;
        this.limits = limits;
        this.rules = new TalkRules(limits.maxTextBytes());
        this.journal = new TalkWrite.Journal(rooms.heads(), database.epoch(), time, index, this::announce);
    }

    /** As {@link #talk(TalkRequest, RoomCreationLimit)} without a limit for the one who writes. */
    public CompletionStage<Talked> talk(TalkRequest request) {
        return talk(request, RoomCreationLimit.none());
    }

    /**
     * Stores a message as the next of its room and tells the room's streams. The stage completes when that is done; a
     * {@link ReceiptScope} that is current joins it with the position on the classic stream. Messages that one thread
     * sends to one room are stored in the order of its calls.
     *
     * <p>Completes exceptionally with a {@link Refusal} (INVALID_ROOM_ID, INVALID_SENDER, EMPTY_TEXT, TEXT_TOO_LONG,
     * INVALID_CLIENT_MESSAGE_ID, CONFLICT, UNKNOWN_ROOM, TOO_MANY_ROOMS, TOO_MANY_NEW_ROOMS) or with a
     * {@link dev.maru.engine.history.LogUnavailableException}. Nothing is thrown.
     */
    public CompletionStage<Talked> talk(TalkRequest request, RoomCreationLimit limit) {
        CompletionStage<Talked> talked = store(request, limit);
        ReceiptScope.joinCurrent(talked.thenApply(Talked::position));
        return talked;
    }

    /** A page of a room's messages. Refuses with UNKNOWN_ROOM, INVALID_ROOM_ID or INVALID_QUERY. */
    public CompletionStage<MessagePage> page(PageQuery query) {
        if (query.limit() < 1 || query.limit() > PageQuery.MAX_LIMIT) {
            return refused(ChatFault.INVALID_QUERY, "The limit is 1 to " + PageQuery.MAX_LIMIT + ".");
        }
        if (!RoomId.isValid(query.roomId())) {
            return refused(ChatFault.INVALID_ROOM_ID, "This is no room id.");
        }
        return rooms.exists(query.roomId())
                .thenCompose(exists -> exists
                        ? readersFor(query).read(new PageRead(query))
                        : refused(ChatFault.UNKNOWN_ROOM, "There is no such room."));
    }

    /**
     * Adds someone who is told of each message after it was stored, in the order of their offsets, on the database's
     * writer: must be quick, must not block and must not throw.
     */
    public void onStored(Consumer<ChatMessage> listener) {
        listeners.add(event -> {
            ChatMessage message = event.message();
            if (message != null && event.kind().equals(RoomEvent.TALK)) {
                listener.accept(message);
            }
        });
    }

    /**
     * The request as it would be stored, for whoever has something else to do with it first.
     *
     * @throws Refusal as {@link #talk} does without the store
     */
    public TalkRequest check(TalkRequest request) {
        return rules.check(request);
    }

    /** Stores a checked request as a part of another write, which also passes on that it is committed. */
    public Write<Talked> writeOf(TalkRequest checked) {
        return new TalkWrite(journal, checked, RoomCreationLimit.none());
    }

    /** The message that its author has stored with the same client message id; refuses another text with CONFLICT. */
    public Optional<Talked> findRepeated(Sql sql, TalkRequest checked) throws SQLException {
        return checked.clientMessageId() == null
                ? Optional.empty()
                : new TalkWrite(journal, checked, RoomCreationLimit.none()).findRepeated(sql);
    }

    /** Refuses with UNKNOWN_ROOM where there is no such room and a message could not make it. */
    public void requireRoom(Sql sql, String roomId) throws SQLException {
        if (!limits.createRoomsByMessage()) {
            rooms.heads().open(sql, roomId);
        }
    }

    void onEvent(Consumer<RoomEvent> listener) {
        listeners.add(listener);
    }

    /** As {@link #talk}, but no receipt waits for it. */
    CompletionStage<Talked> store(TalkRequest request, RoomCreationLimit limit) {
        try {
            return database.writer().submit(new TalkWrite(journal, rules.check(request), limit));
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    private void announce(RoomEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    /** No index helps with senders and times: such a page may take as long as the room is old. */
    private Readers readersFor(PageQuery query) {
        boolean indexed = query.sender() == null && query.from() == null && query.to() == null;
        return indexed ? database.readers() : database.slowReaders();
    }

    private static <T> CompletionStage<T> refused(ChatFault fault, String detail) {
        return CompletableFuture.failedStage(new Refusal(fault, detail));
    }
}
