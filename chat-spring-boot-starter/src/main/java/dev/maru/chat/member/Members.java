package dev.maru.chat.member;

import dev.maru.chat.message.Author;
import dev.maru.chat.room.Rooms;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Sql;
import dev.maru.store.jdbc.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who belongs to which room. With {@code maru.chat.members-only} that decides who may do something there; otherwise it is
 * for the application's own use.
 *
 * <p>Safe for any thread; nothing here blocks the caller. Stages complete when what was asked for is durable, or
 * exceptionally with a {@link dev.maru.engine.fault.Refusal} or a
 * {@link dev.maru.engine.history.LogUnavailableException}.
 */
public final class Members {

    private static final String SELECT = "SELECT room, person, name, added_at FROM maru_member WHERE ";

    private final Database database;
    private final Rooms rooms;
    private final InstantSource time;
    private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();

    public Members(Database database, Rooms rooms, InstantSource time) {
        this.database = database;
        this.rooms = rooms;
        this.time = time;
    }

    /** Makes somebody a member. Completes with whether they were not one yet. Refuses with UNKNOWN_ROOM. */
    public CompletionStage<Boolean> add(String roomId, Author person) {
        Instant now = Instant.ofEpochMilli(time.millis());
        return database.writer()
                .submit(new Add(rooms, new Member(roomId, person.id(), person.name(), now), listener -> {
                    listeners.forEach(each -> each.onAdded(listener));
                }));
    }

    /** Ends a membership. Completes with who it was; empty if they were none. */
    public CompletionStage<Optional<Member>> remove(String roomId, String personId) {
        return database.writer()
                .submit(new Remove(
                        roomId, personId, member -> listeners.forEach(listener -> listener.onRemoved(member))));
    }

    /** Whether somebody is a member. */
    public CompletionStage<Boolean> isMember(String roomId, String personId) {
        return database.readers().read(sql -> find(sql, roomId, personId).isPresent());
    }

    /** All members of a room, in the order of their ids; none where there is no such room. */
    public CompletionStage<List<Member>> of(String roomId) {
        return database.readers().read(sql -> sql.list(SELECT + "room = ? ORDER BY person", Members::member, roomId));
    }

    /** All memberships of somebody, in the order of the rooms' ids. */
    public CompletionStage<List<Member>> roomsOf(String personId) {
        return database.readers().read(sql -> sql.list(SELECT + "person = ? ORDER BY room", Members::member, personId));
    }

    /** Adds someone who is told of changes. */
    public void onChange(MembershipListener listener) {
        listeners.add(listener);
    }

    private static Optional<Member> find(Sql sql, String roomId, String personId) throws SQLException {
        return sql.first(SELECT + "room = ? AND person = ?", Members::member, roomId, personId);
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(row.getString(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)));
    }

    private record Add(Rooms rooms, Member member, Consumer<Member> announce) implements Write<Boolean> {
        @Override
        public Boolean write(Sql sql) throws SQLException {
            rooms.heads().open(sql, member.roomId());
            return sql.update(
                            "INSERT INTO maru_member (room, person, name, added_at) VALUES (?, ?, ?, ?)"
                                    + " ON CONFLICT (room, person) DO NOTHING",
                            member.roomId(),
                            member.personId(),
                            member.name(),
                            member.addedAt().toEpochMilli())
                    == 1;
        }

        @Override
        public Set<String> keys() {
            return Set.of(member.roomId());
        }

        @Override
        public void committed(Boolean added) {
            if (added) {
                announce.accept(member);
            }
        }
    }

    private record Remove(String roomId, String personId, Consumer<Member> announce)
            implements Write<Optional<Member>> {
        @Override
        public Optional<Member> write(Sql sql) throws SQLException {
            Optional<Member> member = find(sql, roomId, personId);
            int deleted = sql.update("DELETE FROM maru_member WHERE room = ? AND person = ?", roomId, personId);
            return deleted == 0 ? Optional.empty() : member;
        }

        /** So that memberships of a room begin and end one after the other. */
        @Override
        public Set<String> keys() {
            return Set.of(roomId);
        }

        @Override
        public void committed(Optional<Member> removed) {
            removed.ifPresent(announce);
        }
    }
}
