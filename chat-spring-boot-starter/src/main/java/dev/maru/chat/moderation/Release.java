package dev.maru.chat.moderation;

import dev.maru.chat.message.Messages;
import dev.maru.chat.message.Talked;
import dev.maru.store.jdbc.Sql;
import dev.maru.store.jdbc.Write;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a held message a message.
 *
 * <p>Confined to the database's writer.
 */
final class Release implements Write<Optional<Talked>> {

    private final Messages messages;
    private final UUID id;
    private final BiConsumer<HeldMessage, Talked> announce;
    private @Nullable HeldMessage held;
    private @Nullable Write<Talked> talk;

    Release(Messages messages, UUID id, BiConsumer<HeldMessage, Talked> announce) {
        this.messages = messages;
        this.id = id;
        this.announce = announce;
    }

    @Override
    public Optional<Talked> write(Sql sql) throws SQLException {
        Optional<HeldMessage> waiting = HeldRows.find(sql, id);
        held = waiting.orElse(null);
        talk = null;
        // Another process may decide at the same time: only one of them deletes it.
        if (waiting.isEmpty() || HeldRows.delete(sql, id) == 0) {
            return Optional.empty();
        }
        Write<Talked> write = messages.writeOf(waiting.get().request());
        talk = write;
        return Optional.of(write.write(sql));
    }

    @Override
    public boolean isUndoable() {
        return true;
    }

    @Override
    public void committed(Optional<Talked> result) {
        if (held != null && talk != null && result.isPresent()) {
            talk.committed(result.get());
            announce.accept(held, result.get());
        }
    }
}
