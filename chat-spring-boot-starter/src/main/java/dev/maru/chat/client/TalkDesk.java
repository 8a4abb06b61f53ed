package dev.maru.chat.client;

import dev.maru.chat.ChatFault;
import dev.maru.chat.access.RoomAction;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.event.ChatEvent;
import dev.maru.chat.message.Messages;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.moderation.ChatModeration;
import dev.maru.chat.moderation.HeldMessages;
import dev.maru.chat.moderation.HeldOutcome;
import dev.maru.chat.moderation.Verdict;
import dev.maru.chat.room.RoomCreationLimit;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.ReceiptScope;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Takes what people write: asks whether they may, lets the moderation look at it, and stores it, holds it or refuses it.
 *
 * <p>Safe for any thread.
 */
public final class TalkDesk {

    private final Messages messages;
    private final HeldMessages held;
    private final Permits permits;
    private final ChatModeration moderation;
    private final boolean moderated;
    private final ApplicationCalls calls;
    private final Consumer<ChatEvent> events;

    public TalkDesk(
            Stores stores,
            Permits permits,
            ChatModeration moderation,
            ApplicationCalls calls,
            Consumer<ChatEvent> events) {
        this.messages = stores.messages();
        this.held = stores.held();
        this.permits = permits;
        this.moderation = moderation;
        this.moderated = !moderation.equals(ChatModeration.NONE);
        this.calls = calls;
        this.events = events;
    }

    /** Where messages end up. */
    public record Stores(Messages messages, HeldMessages held) {}

    /**
     * Takes a message; returns when it has its place in the order, the stage completes when it is stored. A
     * {@link ReceiptScope} that is current waits for it. Blocks for as long as the application thinks about it.
     *
     * @throws Refusal if it is refused without the store: FORBIDDEN, MESSAGE_REFUSED, or as {@link Messages#check}
     */
    public CompletionStage<HeldOutcome> talk(Visitor who, TalkRequest request, RoomCreationLimit limit) {
        permits.require(who, RoomAction.WRITE, request.roomId());
        return switch (review(who, request)) {
            case Verdict.Pass() -> store(request, limit);
            case Verdict.Change(String text) -> store(request.withText(text), limit);
            case Verdict.Hold(String reason) -> hold(request, reason);
            case Verdict.Refuse(String reason) -> {
                events.accept(new ChatEvent.MessageRefused(request, reason));
                throw new Refusal(ChatFault.MESSAGE_REFUSED, reason);
            }
        };
    }

    /** As {@link #talk}, but does not block and throws nothing. */
    public CompletionStage<HeldOutcome> submit(Visitor who, TalkRequest request, RoomCreationLimit limit) {
        boolean quick = permits.areOpen() && !moderated;
        return calls.call(quick, () -> talk(who, request, limit)).thenCompose(outcome -> outcome);
    }

    private Verdict review(Visitor who, TalkRequest request) {
        return moderated ? moderation.review(who, messages.check(request)) : Verdict.PASS;
    }

    private CompletionStage<HeldOutcome> hold(TalkRequest request, String reason) {
        CompletionStage<HeldOutcome> outcome = held.hold(request, reason);
        ReceiptScope.joinCurrent(outcome.<Object>thenApply(
                kept -> kept.talked() == null ? kept : kept.talked().position()));
        return outcome;
    }

    private CompletionStage<HeldOutcome> store(TalkRequest request, RoomCreationLimit limit) {
        return messages.talk(request, limit).thenApply(stored -> new HeldOutcome(null, stored));
    }
}
