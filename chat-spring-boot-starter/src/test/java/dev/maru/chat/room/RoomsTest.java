package dev.maru.chat.room;

import static dev.maru.chat.store.OpenChat.await;
import static dev.maru.chat.store.OpenChat.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.Talked;
import dev.maru.chat.store.OpenChat;
import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class RoomsTest {

    private static final int MAX_ROOMS = 5;
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private Instant now = LATER;
    private OpenChat chat;

    @BeforeEach
    void open() {
        chat = OpenChat.in(folder, new ChatLimits(1_000, MAX_ROOMS, true), time());
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void theLobbyIsThereFromTheStart() {
        Room lobby = await(rooms().find("lobby")).orElseThrow();

        assertThat(lobby.name()).isEqualTo("Lobby");
        assertThat(lobby.head()).isZero();
        assertThat(lobby.lastMessageAt()).isNull();
        assertThat(await(rooms().list(1))).containsExactly(lobby);
    }

    @Test
    void makesARoomThatStaysAfterARestart() {
        Room room = await(rooms().create(new NewRoom("kitchen", "  부엌 ", "guest:민수")));
        chat.close();
        open();

        assertThat(room).isEqualTo(Room.empty("kitchen", "부엌", LATER));
        assertThat(await(rooms().find("kitchen"))).contains(room);
        assertThat(await(rooms().exists("kitchen"))).isTrue();
        assertThat(await(rooms().exists("Kitchen"))).isFalse();
    }

    @Test
    void givesARoomAnIdOfItsOwn() {
        Room room = create(null, "부엌");

        assertThat(UUID.fromString(room.id())).isNotNull();
    }

    @Test
    void refusesAnIdThatIsTaken() {
        create("kitchen", "one");

        assertRefused(rooms().create(new NewRoom("kitchen", "two", "guest:x")), ChatFault.ROOM_EXISTS);
        assertRefused(rooms().create(new NewRoom("lobby", "two", "guest:x")), ChatFault.ROOM_EXISTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "부엌", "a/b", "01234567890123456789012345678901234567890123456789012345678901234"})
    void refusesABadId(String id) {
        assertRefused(rooms().create(new NewRoom(id, "name", "guest:x")), ChatFault.INVALID_ROOM_ID);
        assertThat(await(rooms().find(id))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t", "a\nb", "a\u0000b\u0007"})
    void refusesABadName(String name) {
        assertRefused(rooms().create(new NewRoom(null, name, "guest:x")), ChatFault.INVALID_ROOM_NAME);
    }

    @Test
    void aNameHasUpToEightyLetters() {
        assertThat(create("a", "👍".repeat(80)).name()).hasSize(160);
        assertRefused(rooms().create(new NewRoom("b", "👍".repeat(81), "guest:x")), ChatFault.INVALID_ROOM_NAME);
    }

    @Test
    void theFirstMessageMakesItsRoom() {
        chat.talk("kitchen", "hi");

        assertThat(await(rooms().find("kitchen")))
                .contains(new Room("kitchen", "kitchen", 1, 1, 1, 1, LATER, LATER, 0));
    }

    @Test
    void noMessageMakesARoomWhereThatIsNotAllowed() {
        chat.close();
        chat = OpenChat.in(folder, new ChatLimits(1_000, MAX_ROOMS, false), time());

        assertRefused(chat.store().messages().talk(text("kitchen", "hi")), ChatFault.UNKNOWN_ROOM);
        assertThat(await(rooms().exists("kitchen"))).isFalse();
    }

    @Test
    void refusesMoreRoomsThanThereMayBe() {
        for (int i = 1; i < MAX_ROOMS; i++) {
            create("room-" + i, "room");
        }

        assertRefused(rooms().create(new NewRoom("more", "more", "guest:x")), ChatFault.TOO_MANY_ROOMS);
        assertRefused(chat.store().messages().talk(text("more", "hi")), ChatFault.TOO_MANY_ROOMS);
        assertThat(chat.talk("room-1", "hi").message().offset()).isEqualTo(1);
    }

    @Test
    void asksTheLimitOfWhoWritesOnlyWhenARoomIsMade() {
        List<String> asked = new ArrayList<>();
        RoomCreationLimit once = () -> {
            asked.add("asked");
            return asked.size() == 1;
        };

        await(chat.store().messages().talk(text("lobby", "hi"), once));
        await(chat.store().messages().talk(text("one", "hi"), once));
        await(chat.store().messages().talk(text("one", "hi"), once));
        CompletionStage<Talked> second = chat.store().messages().talk(text("two", "hi"), once);

        assertRefused(second, ChatFault.TOO_MANY_NEW_ROOMS);
        assertThat(asked).hasSize(2);
    }

    @Test
    void listsWhatWasActiveLastFirstAndAlwaysTheLobby() {
        create("a", "a");
        tick();
        create("b", "b");
        tick();
        create("c", "c");
        tick();
        chat.talk("a", "hi");

        assertThat(ids(rooms().list(10))).containsExactly("a", "c", "b", "lobby");
        assertThat(ids(rooms().list(2))).containsExactly("a", "lobby");
        assertThat(ids(rooms().list(1))).containsExactly("lobby");
        assertRefused(rooms().list(0), ChatFault.INVALID_QUERY);
        assertRefused(rooms().list(501), ChatFault.INVALID_QUERY);
    }

    @Test
    void tellsOfNewRoomsAndOfMovedHeads() {
        List<String> news = new CopyOnWriteArrayList<>();
        rooms().onChange(new RoomListener() {
            @Override
            public void onCreated(Room room) {
                news.add("created " + room.id() + " " + room.head());
            }

            @Override
            public void onChanged(Room room) {
                news.add("changed " + room.id() + " " + room.head());
            }
        });
        create("a", "a");
        chat.talk("b", "hi");
        chat.talk(text("b", "again", "id-1"));
        chat.talk(text("b", "again", "id-1"));

        assertThat(news).containsExactly("created a 0", "created b 1", "changed b 2");
    }

    @Test
    void aRoomWhoseCommitFailedWasNeverThere() {
        change("ALTER TABLE maru_message RENAME TO maru_message_gone");
        assertThatThrownBy(() -> chat.talk("kitchen", "lost")).isNotInstanceOf(Refusal.class);
        assertThatThrownBy(() -> chat.talk("lobby", "lost")).isNotInstanceOf(Refusal.class);
        assertThat(await(rooms().exists("kitchen"))).isFalse();

        change("ALTER TABLE maru_message_gone RENAME TO maru_message");
        assertThat(chat.talk("kitchen", "kept").message().offset()).isEqualTo(1);
        assertThat(chat.talk("lobby", "kept").message().offset()).isEqualTo(1);
    }

    @Test
    void hasAnotherNameAndThenIsGone() {
        create("kitchen", "Kitchen");
        List<String> news = new ArrayList<>();
        rooms().onChange(new RoomListener() {
            @Override
            public void onCreated(Room room) {}

            @Override
            public void onChanged(Room room) {}

            @Override
            public void onRenamed(Room room, String formerName) {
                news.add(formerName + " is " + room.name());
            }

            @Override
            public void onDeleted(Room room) {
                news.add(room.name() + " is gone");
            }
        });
        chat.talk("kitchen", "부엌에서");

        assertThat(await(rooms().rename("kitchen", " 부엌 ")).name()).isEqualTo("부엌");
        assertThat(await(rooms().rename("kitchen", "부엌")).name()).isEqualTo("부엌");
        assertThat(await(rooms().find("kitchen")).orElseThrow().name()).isEqualTo("부엌");
        await(rooms().delete("kitchen"));

        assertThat(news).containsExactly("Kitchen is 부엌", "부엌 is gone");
        assertThat(await(rooms().find("kitchen"))).isEmpty();
        assertThat(ids(rooms().list(10))).containsExactly("lobby");
        assertRefused(rooms().rename("kitchen", "again"), ChatFault.UNKNOWN_ROOM);
        assertRefused(rooms().delete("kitchen"), ChatFault.UNKNOWN_ROOM);
        assertRefused(rooms().delete("lobby"), SessionFault.FORBIDDEN);
        assertRefused(rooms().create(new NewRoom("kitchen", "New", "x")), ChatFault.ROOM_EXISTS);
    }

    @Test
    void whatWasSaidInADeletedRoomGoesFromTheStoreAlsoAfterARestart() {
        for (int i = 0; i < 150; i++) {
            chat.store().messages().talk(text("kitchen", "text " + i));
        }
        chat.talk("lobby", "stays");
        await(rooms().delete("kitchen"));
        chat.close();
        open();

        Awaitility.await().untilAsserted(() -> assertThat(messages()).isEqualTo(1));
        assertThat(await(rooms().find("kitchen"))).isEmpty();
        assertRefused(rooms().create(new NewRoom("kitchen", "New", "x")), ChatFault.ROOM_EXISTS);
    }

    private int messages() {
        return await(chat.database()
                .readers()
                .read(sql -> sql.first(
                                "SELECT (SELECT count(*) FROM maru_message) + (SELECT count(*) FROM maru_room_event"
                                        + " WHERE room = 'kitchen')",
                                row -> row.getInt(1))
                        .orElseThrow()));
    }

    private void change(String sql) {
        await(chat.database().writer().submit(database -> database.update(sql)));
    }

    private Rooms rooms() {
        return chat.store().rooms();
    }

    private Room create(String id, String name) {
        return await(rooms().create(new NewRoom(id, name, "guest:x")));
    }

    private List<String> ids(CompletionStage<List<Room>> rooms) {
        return await(rooms).stream().map(Room::id).toList();
    }

    private InstantSource time() {
        return () -> now;
    }

    private void tick() {
        now = now.plusSeconds(1);
    }

    private static void assertRefused(CompletionStage<?> stage, Fault fault) {
        assertThatThrownBy(() -> await(stage))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }
}
