package dev.maru.chat.message;

import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;

/** What else is written of a message in the transaction that stores it. Called on the database's writer. */
@FunctionalInterface
public interface MessageIndex {

    /** Nothing. */
    MessageIndex NONE = (sql, message) -> {};

    void add(Sql sql, ChatMessage message) throws SQLException;
}
