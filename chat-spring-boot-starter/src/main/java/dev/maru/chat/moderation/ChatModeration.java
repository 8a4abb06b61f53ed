package dev.maru.chat.moderation;

import dev.maru.chat.access.Visitor;
import dev.maru.chat.message.TalkRequest;

/**
 * Looks at what people write before it is stored. A bean of this type is asked about every message that comes by STOMP or
 * HTTP; what the application's own code says through {@code Messages} is its own business.
 *
 * <pre>{@code
 * @Bean
 * ChatModeration moderation(Words words) {
 *     return (who, message) -> words.areRude(message.text()) ? Verdict.hold("rude words") : Verdict.PASS;
 * }
 * }</pre>
 *
 * <p>Called on virtual threads, several at a time: may block, and then the messages of that one connection wait. If it
 * throws, the message is not stored and its sender is told.
 */
@FunctionalInterface
public interface ChatModeration {

    /** Everything passes. */
    ChatModeration NONE = (who, message) -> Verdict.PASS;

    /**
     * Decides about a message that keeps all other rules. A message that is sent a second time with the same
     * {@code clientMessageId} is asked about again; the same answer keeps it the same message.
     *
     * @param message its text in NFC
     */
    Verdict review(Visitor who, TalkRequest message);
}
