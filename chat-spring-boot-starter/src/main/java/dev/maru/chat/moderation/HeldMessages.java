package dev.maru.chat.moderation;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.Messages;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.message.Talked;
import dev.maru.engine.fault.Refusal;
import dev.maru.store.jdbc.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The messages that wait for a decision. They are stored, and survive a restart.
 *
 * <p>Safe for any thread; nothing here blocks the caller. Stages complete when what was asked for is durable, or
 * exceptionally with a {@link Refusal} or a {@link dev.maru.engine.history.LogUnavailableException}.
 */
public final class HeldMessages {

    /** The most messages in one list. */
    public static final int MAX_LIMIT = 500;

    private final Database database;
    private final Messages messages;
    private final ChatLimits limits;
    private final InstantSource time;
    private final List<HeldListener> listeners = new CopyOnWriteArrayList<>();

    public HeldMessages(Database database, Messages messages, ChatLimits limits, InstantSource time) {
        this.database = database;
        this.messages = messages;
        this.limits = limits;
        this.time = time;
    }

    /**
     * Keeps a message until somebody decides. One that its author sends again, with the same client message id, is kept
     * once. Refuses with CONFLICT, UNKNOWN_ROOM and TOO_MANY_HELD, and whatever {@link Messages#talk} refuses without
     * the store.
     */
    public CompletionStage<HeldOutcome> hold(TalkRequest request, String reason) {
        try {
            TalkRequest sound = messages.check(request);
            Instant now = Instant.ofEpochMilli(time.millis());
            HeldMessage held = new HeldMessage(UUID.randomUUID(), sound, reason, now);
            return database.writer().submit(new Hold(messages, held, limits, this::announceHeld));
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    /** Those that wait longest, the oldest first. Refuses with INVALID_QUERY. */
    public CompletionStage<List<HeldMessage>> list(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            return CompletableFuture.failedStage(
                    new Refusal(ChatFault.INVALID_QUERY, "The limit is 1 to " + MAX_LIMIT + "."));
        }
        return database.readers().read(sql -> HeldRows.oldest(sql, limit));
    }

    /**
     * Stores a held message as the next of its room, in one transaction with taking it from here. Empty if none of this
     * id waits any more. Refuses with UNKNOWN_ROOM where the room was deleted meanwhile; then it goes on waiting.
     */
    public CompletionStage<Optional<Talked>> release(UUID id) {
        return database.writer().submitApart(new Release(messages, id, this::announceReleased));
    }

    /** Forgets a held message. Empty if none of this id waits any more. */
    public CompletionStage<Optional<HeldMessage>> discard(UUID id) {
        return database.writer().submitApart(new Discard(id, this::announceDiscarded));
    }

    /** Adds someone who is told what becomes of held messages. */
    public void onChange(HeldListener listener) {
        listeners.add(listener);
    }

    private void announceHeld(HeldMessage held) {
        listeners.forEach(listener -> listener.onHeld(held));
    }

    private void announceReleased(HeldMessage held, Talked talked) {
        listeners.forEach(listener -> listener.onReleased(held, talked.message()));
    }

    private void announceDiscarded(HeldMessage held) {
        listeners.forEach(listener -> listener.onDiscarded(held));
    }
}
