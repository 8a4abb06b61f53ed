package dev.maru.chat.message;

import static dev.maru.chat.store.OpenChat.await;
import static dev.maru.chat.store.OpenChat.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.store.OpenChat;
import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class RoomStreamsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    private Path folder;

    private OpenChat chat;
    private MessageLog classic;
    private MessageLog events;

    @BeforeEach
    void open() {
        chat = OpenChat.in(folder, ChatLimits.defaults(), InstantSource.fixed(NOW));
        classic = chat.store().classicLog();
        events = chat.store().eventLog();
    }

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void rendersAClassicMessageWithItsKeysInTheirOrder() {
        ChatMessage message = chat.talk(text("kitchen", "\"밥\" <b>", "id-1")).message();

        assertThat(bodies(readAll(classic, "/topic/public/kitchen")))
                .containsExactly("{\"roomId\":\"kitchen\",\"type\":\"TALK\",\"sender\":\"민수\","
                        + "\"message\":\"\\\"밥\\\" <b>\",\"id\":\"" + message.id() + "\",\"offset\":1,"
                        + "\"sentAt\":\"2026-11-22T10:00:00.000Z\",\"clientMessageId\":\"id-1\"}");
    }

    @Test
    void leavesTheRoomOutOfTheLobbysClassicMessagesOnly() {
        ChatMessage message = chat.talk("lobby", "hi").message();
        String rest = "\"type\":\"TALK\",\"sender\":\"민수\",\"message\":\"hi\",\"id\":\"" + message.id()
                + "\",\"offset\":1,\"sentAt\":\"2026-11-22T10:00:00.000Z\"}";

        assertThat(bodies(readAll(classic, "/topic/public/lobby"))).containsExactly("{" + rest);
        assertThat(bodies(readAll(events, "/topic/rooms/lobby")))
                .containsExactly("{\"seq\":1,\"kind\":\"TALK\",\"actor\":\"민수\",\"at\":\"2026-11-22T10:00:00.000Z\","
                        + "\"message\":{\"roomId\":\"lobby\"," + rest + "}");
        assertThat(new String(MessageJson.full(message), StandardCharsets.UTF_8))
                .isEqualTo("{\"roomId\":\"lobby\"," + rest);
    }

    @Test
    void tellsBothStreamsExactlyWhatTheyCanBeReadBackAs() {
        List<StoredMessage> toldClassic = new CopyOnWriteArrayList<>();
        List<StoredMessage> toldEvents = new CopyOnWriteArrayList<>();
        classic.onStored(toldClassic::add);
        events.onStored(toldEvents::add);
        chat.talk(text("kitchen", "one", "id-1"));
        chat.talk(text("kitchen", "one", "id-1"));
        chat.talk("kitchen", "two");

        assertSame(toldClassic, readAll(classic, "/topic/public/kitchen"));
        assertSame(toldEvents, readAll(events, "/topic/rooms/kitchen"));
        assertThat(toldClassic).hasSize(2);
    }

    @Test
    void tellsBeforeTheStageCompletes() {
        List<StoredMessage> told = new CopyOnWriteArrayList<>();
        classic.onStored(told::add);

        int known = await(chat.store().messages().talk(text("lobby", "hi")).thenApply(_ -> told.size()));

        assertThat(known).isEqualTo(1);
    }

    @Test
    void theHeadIsNeverBehindWhatWasTold() {
        List<Boolean> seen = new CopyOnWriteArrayList<>();
        classic.onStored(stored ->
                seen.add(await(classic.head(stored.destination())).position().equals(stored.position())));
        for (int i = 0; i < 5; i++) {
            chat.talk("lobby", "text " + i);
        }

        assertThat(seen).hasSize(5).containsOnly(true);
    }

    @Test
    void standsAtNothingWhereNothingWasWritten() {
        LogHead nothing = new LogHead(new StreamPosition(chat.database().epoch(), 0), 1);

        for (String room : List.of("lobby", "nowhere", "no room", "")) {
            assertThat(await(classic.head("/topic/public/" + room))).isEqualTo(nothing);
            assertThat(await(events.head("/topic/rooms/" + room))).isEqualTo(nothing);
            assertThat(readAll(classic, "/topic/public/" + room)).isEmpty();
            assertThat(readAll(events, "/topic/rooms/" + room)).isEmpty();
        }
    }

    @Test
    void standsWhereItStoodAfterARestart() {
        chat.talk("lobby", "one");
        LogHead head = await(classic.head("/topic/public/lobby"));
        chat.close();
        chat = OpenChat.in(folder);

        assertThat(await(chat.store().classicLog().head("/topic/public/lobby"))).isEqualTo(head);
        assertThat(head.position().offset()).isEqualTo(1);
        assertThat(head.oldest()).isEqualTo(1);
    }

    @Test
    void readsNoMoreThanTheLimitAfterAnOffset() {
        for (int i = 1; i <= 5; i++) {
            chat.talk("lobby", "text " + i);
        }

        assertThat(offsets(await(classic.readAfter("/topic/public/lobby", 1, 3))))
                .containsExactly(2L, 3L, 4L);
        assertThat(offsets(await(events.readAfter("/topic/rooms/lobby", 3, 3)))).containsExactly(4L, 5L);
        assertThat(await(events.readAfter("/topic/rooms/lobby", 5, 3))).isEmpty();
    }

    @Test
    void storesWhatAnApplicationPublishesAsItsSendersTalk() {
        StreamPosition position = await(classic.append(entry("{\"sender\":\"bot\",\"message\":\"beep\"}", "id-1")));
        StreamPosition repeat = await(classic.append(entry("{\"sender\":\"bot\",\"message\":\"beep\"}", "id-1")));

        assertThat(position.offset()).isEqualTo(1);
        assertThat(repeat).isEqualTo(position);
        assertThat(bodies(readAll(events, "/topic/rooms/kitchen")).getFirst()).contains("beep", "\"bot\"");
    }

    @Test
    void refusesWhatIsNoTalk() {
        assertRefused(classic.append(entry("{no json", null)), ChatFault.MALFORMED_JSON);
        assertRefused(classic.append(entry("[]", null)), ChatFault.MALFORMED_JSON);
        assertRefused(classic.append(entry("{\"message\":{}}", null)), ChatFault.MALFORMED_JSON);
        assertRefused(classic.append(entry("{\"sender\":\"bot\"}", null)), ChatFault.EMPTY_TEXT);
        assertRefused(classic.append(entry("{\"type\":\"JOIN\",\"sender\":\"bot\"}", null)), ChatFault.UNKNOWN_TYPE);
        assertRefused(
                events.append(new LogEntry("/topic/rooms/lobby", "bot", null, MessageContent.json(new byte[0]))),
                SessionFault.FORBIDDEN);
    }

    private static LogEntry entry(String json, String clientMessageId) {
        MessageContent content = MessageContent.json(json.getBytes(StandardCharsets.UTF_8));
        return new LogEntry("/topic/public/kitchen", "app:bot", clientMessageId, content);
    }

    private static List<StoredMessage> readAll(MessageLog log, String destination) {
        return await(log.readAfter(destination, 0, 1_000));
    }

    private static List<Long> offsets(List<StoredMessage> messages) {
        return messages.stream().map(message -> message.position().offset()).toList();
    }

    private static List<String> bodies(List<StoredMessage> messages) {
        return messages.stream()
                .map(message -> new String(message.content().body(), StandardCharsets.UTF_8))
                .toList();
    }

    private static void assertSame(List<StoredMessage> told, List<StoredMessage> read) {
        assertThat(bodies(told)).isEqualTo(bodies(read));
        assertThat(told.stream().map(StoredMessage::position))
                .isEqualTo(read.stream().map(StoredMessage::position).toList());
        assertThat(told.stream().map(StoredMessage::destination))
                .isEqualTo(read.stream().map(StoredMessage::destination).toList());
    }

    private static void assertRefused(CompletionStage<?> stage, Fault fault) {
        assertThatThrownBy(() -> await(stage))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }
}
