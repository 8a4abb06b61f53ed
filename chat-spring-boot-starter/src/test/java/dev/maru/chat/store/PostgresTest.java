package dev.maru.chat.store;

import dev.maru.chat.message.ClassicLogTest;
import dev.maru.chat.message.EventLogTest;
import dev.maru.chat.message.MessagesTest;
import dev.maru.chat.message.PagesTest;
import dev.maru.chat.message.RoomStreamsTest;
import dev.maru.chat.moderation.HeldMessagesTest;
import dev.maru.chat.room.RoomsTest;
import dev.maru.chat.search.SearchTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds on SQLite holds on PostgreSQL. */
final class PostgresTest {

    @Nested
    @ExtendWith(OnPostgres.class)
    class RoomsOnPostgresTest extends RoomsTest {}

    @Nested
    @ExtendWith(OnPostgres.class)
    class MessagesOnPostgresTest extends MessagesTest {}

    @Nested
    @ExtendWith(OnPostgres.class)
    class HeldMessagesOnPostgresTest extends HeldMessagesTest {}

    @Nested
    @ExtendWith(OnPostgres.class)
    class PagesOnPostgresTest extends PagesTest {}

    @Nested
    @ExtendWith(OnPostgres.class)
    class StreamsOnPostgresTest extends RoomStreamsTest {}

    @Nested
    @ExtendWith(OnPostgres.class)
    class SearchOnPostgresTest extends SearchTest {}

    @Nested
    @ExtendWith(OnPostgres.class)
    class ClassicLogOnPostgresTest extends ClassicLogTest {}

    @Nested
    @ExtendWith(OnPostgres.class)
    class EventLogOnPostgresTest extends EventLogTest {}
}
