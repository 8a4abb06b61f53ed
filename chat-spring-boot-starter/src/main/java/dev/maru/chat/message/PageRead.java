package dev.maru.chat.message;

import dev.maru.chat.PlainText;
import dev.maru.store.jdbc.Read;
import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a room, and whether there is more on either side of it.
 *
 * <p>Confined to a reading thread.
 */
final class PageRead implements Read<MessagePage> {

    private final PageQuery query;
    private final StringBuilder filter = new StringBuilder(" FROM maru_message m WHERE room = ?");
    private final List<Object> values = new ArrayList<>();

    PageRead(PageQuery query) {
        this.query = query;
        values.add(query.roomId());
        filter(" AND author_name = ?", normalized(query.sender()));
        filter(" AND sent_at >= ?", millis(query.from()));
        filter(" AND sent_at < ?", millis(query.to()));
    }

    @Override
    public MessagePage read(Sql sql) throws SQLException {
        Long after = query.after();
        Long before = query.before();
        return after == null
                ? newestBefore(sql, before == null ? Long.MAX_VALUE : before)
                : oldestAfter(sql, after, before == null ? Long.MAX_VALUE : before);
    }

    private MessagePage newestBefore(Sql sql, long before) throws SQLException {
        List<ChatMessage> messages = messages(sql, " AND \"offset\" < ? ORDER BY \"offset\" DESC LIMIT ?", before);
        boolean more = cutOff(messages);
        Collections.reverse(messages);
        return new MessagePage(messages, more, exists(sql, " AND \"offset\" >= ? LIMIT 1", before), oldest(sql));
    }

    private MessagePage oldestAfter(Sql sql, long after, long before) throws SQLException {
        List<ChatMessage> messages =
                messages(sql, " AND \"offset\" > ? AND \"offset\" < ? ORDER BY \"offset\" LIMIT ?", after, before);
        boolean more = cutOff(messages) || exists(sql, " AND \"offset\" >= ? LIMIT 1", before);
        return new MessagePage(messages, exists(sql, " AND \"offset\" <= ? LIMIT 1", after), more, oldest(sql));
    }

    private long oldest(Sql sql) throws SQLException {
        return sql.first("SELECT oldest FROM maru_room WHERE id = ?", row -> row.getLong(1), query.roomId())
                .orElse(1L);
    }

    /** One more than is asked for shows whether there is more. */
    private List<ChatMessage> messages(Sql sql, String rest, Long... bounds) throws SQLException {
        List<Object> parameters = with(bounds);
        parameters.add(query.limit() + 1);
        return sql.list("SELECT " + MessageRows.COLUMNS + filter + rest, MessageRows::message, parameters.toArray());
    }

    private boolean exists(Sql sql, String rest, Long bound) throws SQLException {
        return sql.first("SELECT 1" + filter + rest, row -> true, with(bound).toArray())
                .isPresent();
    }

    private boolean cutOff(List<ChatMessage> messages) {
        if (messages.size() <= query.limit()) {
            return false;
        }
        messages.removeLast();
        return true;
    }

    private List<Object> with(Long... bounds) {
        List<Object> parameters = new ArrayList<>(values);
        Collections.addAll(parameters, bounds);
        return parameters;
    }

    private void filter(String condition, @Nullable Object value) {
        if (value != null) {
            filter.append(condition);
            values.add(value);
        }
    }

    private static @Nullable String normalized(@Nullable String name) {
        return name == null ? null : PlainText.normalize(name).strip();
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
