package dev.maru.chat.moderation;

import dev.maru.store.jdbc.Sql;
import dev.maru.store.jdbc.Write;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Forgets a held message. Immutable; done on the database's writer.
 *
 * @param id of the message
 * @param announce is told of it when it is durable
 */
record Discard(UUID id, Consumer<HeldMessage> announce) implements Write<Optional<HeldMessage>> {

    @Override
    public Optional<HeldMessage> write(Sql sql) throws SQLException {
        Optional<HeldMessage> waiting = HeldRows.find(sql, id);
        return HeldRows.delete(sql, id) == 0 ? Optional.empty() : waiting;
    }

    @Override
    public void committed(Optional<HeldMessage> result) {
        result.ifPresent(announce);
    }
}
