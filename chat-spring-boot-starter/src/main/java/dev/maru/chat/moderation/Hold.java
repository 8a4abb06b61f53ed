package dev.maru.chat.moderation;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.Messages;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.message.Talked;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.store.jdbc.Sql;
import dev.maru.store.jdbc.Write;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps a message for a decision.
 *
 * <p>Confined to the database's writer.
 */
final class Hold implements Write<HeldOutcome> {

    private final Messages messages;
    private final HeldMessage held;
    private final ChatLimits limits;
    private final Consumer<HeldMessage> announce;
    private boolean fresh;

    Hold(Messages messages, HeldMessage held, ChatLimits limits, Consumer<HeldMessage> announce) {
        this.messages = messages;
        this.held = held;
        this.limits = limits;
        this.announce = announce;
    }

    @Override
    public HeldOutcome write(Sql sql) throws SQLException {
        fresh = false;
        TalkRequest request = held.request();
        Optional<Talked> stored = messages.findRepeated(sql, request);
        if (stored.isPresent()) {
            return new HeldOutcome(null, stored.get());
        }
        Optional<HeldMessage> waiting =
                request.clientMessageId() == null ? Optional.empty() : HeldRows.findRepeated(sql, request);
        if (waiting.isPresent()) {
            return new HeldOutcome(same(waiting.get()), null);
        }
        messages.requireRoom(sql, request.roomId());
        requirePlace(sql, request.author());
        fresh = HeldRows.insert(sql, held);
        return new HeldOutcome(held, null);
    }

    private void requirePlace(Sql sql, Author author) throws SQLException {
        if (HeldRows.count(sql, author) >= limits.maxHeldOfOneAuthor()) {
            throw new Refusal(ChatFault.TOO_MANY_HELD, "Too many of your messages wait for a decision.");
        }
        if (HeldRows.count(sql) >= limits.maxHeld()) {
            throw new Refusal(ChatFault.TOO_MANY_HELD, "Too many messages wait for a decision. Try again later.");
        }
    }

    @Override
    public Set<String> keys() {
        return Set.of(held.request().roomId());
    }

    @Override
    public long bytes() {
        return 2L * held.request().text().length();
    }

    @Override
    public void committed(HeldOutcome result) {
        if (fresh) {
            announce.accept(held);
        }
    }

    private HeldMessage same(HeldMessage earlier) {
        if (!earlier.request().text().equals(held.request().text())) {
            throw new Refusal(SessionFault.CONFLICT, "This clientMessageId came before with another text.");
        }
        return earlier;
    }
}
