package dev.maru.chat.event;

import dev.maru.chat.member.Member;
import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.moderation.HeldMessage;
import dev.maru.chat.room.Room;

/**
 * Something that happened in the chat, published as an event of the application:
 *
 * <pre>{@code
 * @EventListener
 * void onMessage(ChatEvent.MessageStored event) {
 *     …
 * }
 * }</pre>
 *
 * <p>An event comes after what it tells of is durable, on one thread of the chat's, in the order in which things happened.
 * A listener may block and then delays the events behind it, not the chat; past {@code maru.limits.waiting-events} events
 * are lost, and so are those that waited when the application stopped. Whoever must miss none reads the messages after
 * the last offset they know. Immutable; safe for any thread.
 */
public sealed interface ChatEvent {

    /** A room was made, by the application, over HTTP or by its first message. */
    record RoomCreated(Room room) implements ChatEvent {}

    /** A room got another name. */
    record RoomRenamed(Room room, String formerName) implements ChatEvent {}

    /** A room was deleted. */
    record RoomDeleted(Room room) implements ChatEvent {}

    /** A message was stored; those who are in its room get it about now. */
    record MessageStored(ChatMessage message) implements ChatEvent {}

    /** A message waits for a decision. */
    record MessageHeld(HeldMessage held) implements ChatEvent {}

    /** A held message was stored; {@link MessageStored} came before, unless it was stored once before. */
    record MessageReleased(HeldMessage held, ChatMessage message) implements ChatEvent {}

    /** A held message was forgotten. */
    record MessageDiscarded(HeldMessage held) implements ChatEvent {}

    /** The moderation refused a message. */
    record MessageRefused(TalkRequest message, String reason) implements ChatEvent {}

    /** Somebody came to a room; {@code person} is their name. */
    record PersonJoined(String roomId, String person) implements ChatEvent {}

    /** Somebody left a room, or did not come back in time after their connection was lost. */
    record PersonLeft(String roomId, String person) implements ChatEvent {}

    /** Somebody was made a member of a room. */
    record MemberAdded(Member member) implements ChatEvent {}

    /** Somebody is no longer a member of a room. */
    record MemberRemoved(Member member) implements ChatEvent {}
}
