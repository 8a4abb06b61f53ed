package dev.maru.store.jdbc;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A history of any destinations in the database, which survives restarts and which several nodes share. A repeat is
 * recognised for as long as the first message is kept; one with other content is refused with
 * {@link SessionFault#CONFLICT}.
 *
 * <p>Safe for any thread.
 *
 * <p>Appends go through the writer: many in one transaction, each with the next offset of its destination. Where several
 * nodes write, each destination is locked for the transaction that appends to it, in the order of their names.
 */
public final class JdbcMessageLog implements MessageLog {

    private final Database database;
    private final int keep;
    private final int maxDestinations;
    private volatile Consumer<StoredMessage> listener = message -> {};

    /**
     * A history in this database; one for each database.
     *
     * @param keep how many messages of each destination are kept, at least 1; older ones are deleted
     * @param maxDestinations how many destinations may have messages, at least 1, because names are the clients' choice; an
     *     append to a further one is refused with {@link SessionFault#UNAVAILABLE}
     */
    public static JdbcMessageLog open(Database database, int keep, int maxDestinations) {
        if (keep < 1 || maxDestinations < 1) {
            throw new IllegalArgumentException("limits must be positive: " + keep + ", " + maxDestinations);
        }
        database.writer().add(new StreamLocks());
        return new JdbcMessageLog(database, keep, maxDestinations);
    }

    private JdbcMessageLog(Database database, int keep, int maxDestinations) {
        this.database = database;
        this.keep = keep;
        this.maxDestinations = maxDestinations;
    }

    @Override
    public CompletionStage<LogHead> head(String destination) {
        return database.readers().read(sql -> head(sql, destination));
    }

    @Override
    public CompletionStage<Map<String, LogHead>> heads(Set<String> destinations) {
        return database.readers().read(sql -> {
            Map<String, LogHead> heads = new HashMap<>();
            for (String destination : destinations) {
                heads.put(destination, head(sql, destination));
            }
            return heads;
        });
    }

    @Override
    public CompletionStage<List<StoredMessage>> readAfter(String destination, long offset, int limit) {
        return database.readers()
                .read(sql -> sql.list(
                        "SELECT position, content_type, headers, body FROM maru_stream_message"
                                + " WHERE stream = ? AND position > ? ORDER BY position LIMIT ?",
                        row -> new StoredMessage(destination, position(row.getLong(1)), content(row)),
                        destination,
                        offset,
                        limit));
    }

    @Override
    public CompletionStage<StreamPosition> append(LogEntry entry) {
        return database.writer().submit(new Append(entry)).thenApply(StoredMessage::position);
    }

    @Override
    public void inTurn(String destination, Runnable action) {
        database.writer().inTurn(action);
    }

    @Override
    public void onStored(Consumer<StoredMessage> told) {
        listener = told;
    }

    private LogHead head(Sql sql, String destination) throws SQLException {
        long head = sql.first("SELECT head FROM maru_stream WHERE name = ?", row -> row.getLong(1), destination)
                .orElse(0L);
        return new LogHead(position(head), Math.max(1, head - keep + 1));
    }

    private StreamPosition position(long offset) {
        return new StreamPosition(database.epoch(), offset);
    }

    private static MessageContent content(ResultSet row) throws SQLException {
        return new MessageContent(row.getBytes(4), row.getString(2), StoredHeaders.read(row.getBytes(3)));
    }

    /** Stores one message, and forgets the one that is too many. */
    private final class Append implements Write<StoredMessage> {
        private final LogEntry entry;
        private boolean repeated;

        Append(LogEntry entry) {
            this.entry = entry;
        }

        @Override
        public StoredMessage write(Sql sql) throws SQLException {
            Optional<StoredMessage> first = findFirst(sql);
            repeated = first.isPresent();
            return repeated ? same(first.get()) : store(sql);
        }

        @Override
        public Set<String> keys() {
            return Set.of(StreamLocks.key(entry.destination()));
        }

        @Override
        public long bytes() {
            return entry.content().body().length;
        }

        @Override
        public void committed(StoredMessage message) {
            if (!repeated) {
                listener.accept(message);
            }
        }

        private Optional<StoredMessage> findFirst(Sql sql) throws SQLException {
            if (entry.clientMessageId() == null) {
                return Optional.empty();
            }
            return sql.first(
                    "SELECT position, content_type, headers, body FROM maru_stream_message"
                            + " WHERE stream = ? AND author = ? AND client_message_id = ?",
                    row -> new StoredMessage(entry.destination(), position(row.getLong(1)), content(row)),
                    entry.destination(),
                    entry.author(),
                    entry.clientMessageId());
        }

        private StoredMessage same(StoredMessage first) {
            MessageContent content = entry.content();
            if (!Arrays.equals(first.content().body(), content.body())
                    || !Objects.equals(first.content().contentType(), content.contentType())
                    || !first.content().headers().equals(content.headers())) {
                throw new Refusal(SessionFault.CONFLICT, "this clientMessageId was used for another message");
            }
            return first;
        }

        private StoredMessage store(Sql sql) throws SQLException {
            long offset = nextOffset(sql);
            MessageContent content = entry.content();
            sql.update(
                    "INSERT INTO maru_stream_message"
                            + " (stream, position, author, client_message_id, content_type, headers, body)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    entry.destination(),
                    offset,
                    entry.author(),
                    entry.clientMessageId(),
                    content.contentType(),
                    StoredHeaders.write(content.headers()),
                    content.body());
            sql.update(
                    "DELETE FROM maru_stream_message WHERE stream = ? AND position <= ?",
                    entry.destination(),
                    offset - keep);
            return new StoredMessage(entry.destination(), position(offset), content);
        }

        private long nextOffset(Sql sql) throws SQLException {
            Optional<Long> next = sql.first(
                    "UPDATE maru_stream SET head = head + 1 WHERE name = ? RETURNING head",
                    row -> row.getLong(1),
                    entry.destination());
            if (next.isPresent()) {
                return next.get();
            }
            long known = sql.first("SELECT count(*) FROM maru_stream", row -> row.getLong(1))
                    .orElse(0L);
            if (known >= maxDestinations) {
                throw new Refusal(SessionFault.UNAVAILABLE, "too many destinations");
            }
            sql.update("INSERT INTO maru_stream (name, head) VALUES (?, 1)", entry.destination());
            return 1;
        }
    }
}
