package dev.maru.chat.embedded;

import static dev.maru.chat.embedded.Host.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.maru.chat.client.PermissionChanges;
import dev.maru.chat.event.ChatEvent;
import dev.maru.chat.member.Members;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.MessagePage;
import dev.maru.chat.message.Messages;
import dev.maru.chat.message.PageQuery;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.moderation.HeldMessage;
import dev.maru.chat.moderation.HeldMessages;
import dev.maru.chat.room.NewRoom;
import dev.maru.chat.room.Rooms;
import dev.maru.chat.search.Search;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.StompTestClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedChatTest {
    private static final String ROOM = "/topic/public/";

    @TempDir
    private static Path folder;

    private static Host host;
    private static HostApplication company;

    @BeforeAll
    static void start() {
        host = Host.start(folder, HostApplication.class);
        company = host.bean(HostApplication.class);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void peopleAreWhoTheApplicationSaysTheyAre() {
        company.open("names", "jane");
        try (StompTestClient jane = host.client("jane")) {
            jane.subscribed("room", ROOM + "names");
            say(jane, "names", "hello", "sender\":\"Somebody");

            assertThat(jane.awaitMessage("room").text()).contains("\"sender\":\"Jane Doe\"");
        }
        assertThat(messages("names").messages().getFirst().author()).isEqualTo(new Author("employee:jane", "Jane Doe"));
        assertThat(host.post("jane", "/api/rooms/names/messages", "{\"message\":\"by http\"}")
                        .body())
                .contains("\"sender\":\"Jane Doe\"");
    }

    @Test
    void nobodyReadsOrWritesWhereTheyMayNot() {
        company.open("secret", "jane");
        talk("secret", "only for jane");
        try (StompTestClient eve = host.client("eve")) {
            eve.subscribed("errors", "/user/queue/errors");
            for (String stream : List.of("/topic/public/", "/topic/rooms/", "/topic/presence/", "/topic/typing/")) {
                eve.subscribe("s" + stream.length(), stream + "secret", "receipt", "r" + stream.length());
                assertThat(refusal(eve, "r" + stream.length())).isEqualTo("forbidden");
            }
            eve.subscribe("all", "/topic/public/*", "receipt", "all");
            assertThat(refusal(eve, "all")).isEqualTo("invalid-room-id");
            eve.subscribe("deep", "/topic/**", "receipt", "deep");
            assertThat(refusal(eve, "deep")).isEqualTo("forbidden");
            eve.subscribe("list", "/topic/rooms", "receipt", "list");
            assertThat(refusal(eve, "list")).isEqualTo("forbidden");

            for (String destination : List.of("sendMessage", "addUser", "typing")) {
                eve.send("/app/chat/" + destination, talkJson("secret", "hi"), "receipt", destination);
                assertThat(refusal(eve, destination)).isEqualTo("forbidden");
            }
        }
        assertThat(host.get("eve", "/api/rooms/secret/messages").statusCode()).isEqualTo(403);
        assertThat(host.get("eve", "/api/rooms/secret").statusCode()).isEqualTo(403);
        assertThat(host.get("eve", "/api/rooms/secret/presence").statusCode()).isEqualTo(403);
        assertThat(host.post("eve", "/api/rooms/secret/messages", "{\"message\":\"x\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(host.get("jane", "/api/rooms/secret/messages").statusCode()).isEqualTo(200);
        assertThat(messages("secret").messages()).hasSize(1);
    }

    @Test
    void nobodyWritesAroundTheChat() {
        company.open("walls", "jane");
        try (StompTestClient jane = host.client("jane")) {
            jane.subscribed("errors", "/user/queue/errors");
            jane.send(ROOM + "walls", talkJson("walls", "forbidden"), "receipt", "around");
            assertThat(refusal(jane, "around")).isEqualTo("forbidden");
        }
    }

    @Test
    void findsAndListsOnlyWhatSomebodyMayRead() {
        company.open("garden", "jane", "minsu");
        company.open("cellar", "jane");
        talk("garden", "우물가의 비밀");
        talk("cellar", "지하실의 비밀");
        await(host.bean(Search.class).catchUp());

        assertThat(host.get("minsu", "/api/search?q=%EB%B9%84%EB%B0%80").body())
                .contains("우물가")
                .doesNotContain("지하실");
        assertThat(host.get("jane", "/api/search?q=%EB%B9%84%EB%B0%80").body()).contains("우물가", "지하실");
        assertThat(host.get("minsu", "/api/rooms").body()).contains("garden").doesNotContain("cellar");
    }

    @Test
    void asksAgainWhenPermissionsHaveChanged() {
        company.open("project", "jane", "minsu");
        try (StompTestClient jane = host.client("jane");
                StompTestClient minsu = host.client("minsu")) {
            jane.subscribed("room", ROOM + "project");
            minsu.subscribed("errors", "/user/queue/errors");
            minsu.subscribed("room", ROOM + "project");
            say(jane, "project", "before");
            minsu.awaitMessage("room");

            company.open("project", "jane");
            await(host.bean(PermissionChanges.class).inRoom("project"));
            say(jane, "project", "after");

            minsu.await(frame -> frame.text().contains("subscription-ended"));
            await().until(() -> received(jane, "room").size() == 2);
            assertThat(received(minsu, "room")).hasSize(1);
        }
    }

    @Test
    void moderatesBeforeAnythingIsStored() {
        company.open("polite", "jane");
        try (StompTestClient jane = host.client("jane")) {
            jane.subscribed("errors", "/user/queue/errors");
            jane.subscribed("room", ROOM + "polite");

            say(jane, "polite", "oh damn");
            assertThat(jane.awaitMessage("room").text()).contains("oh ****");
            for (String refused : List.of("forbidden", "refusal", "broken moderator")) {
                jane.send("/app/chat/sendMessage", talkJson("polite", refused), "receipt", refused);
            }
            assertThat(refusal(jane, "forbidden")).isEqualTo("message-refused");
            assertThat(refusal(jane, "refusal")).isEqualTo("forbidden");
            assertThat(refusal(jane, "broken moderator")).isEqualTo("internal-error");
        }
        assertThat(messages("polite").messages()).hasSize(1);
        assertThat(host.post("jane", "/api/rooms/polite/messages", "{\"message\":\"forbidden\"}"))
                .returns(422, HttpResponse::statusCode)
                .satisfies(answer -> assertThat(answer.body()).contains("Say it with other words."));
        await().untilAsserted(() -> assertThat(company.events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                ChatEvent.MessageRefused.class,
                                refused ->
                                        assertThat(refused.message().roomId()).isEqualTo("polite"))));
    }

    @Test
    void holdsAMessageUntilItIsReleased() {
        company.open("held", "jane");
        HeldMessages held = host.bean(HeldMessages.class);
        try (StompTestClient jane = host.client("jane")) {
            jane.subscribed("room", ROOM + "held");
            ReceivedFrame receipt = jane.sendAndAwaitReceipt("/app/chat/sendMessage", heldJson("unsure", "first"));
            jane.sendAndAwaitReceipt("/app/chat/sendMessage", heldJson("unsure", "first"));
            assertThat(receipt.headers().get("position")).isNull();
            assertThat(host.post("jane", "/api/rooms/held/messages", "{\"message\":\"unsure by http\"}")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(messages("held").messages()).isEmpty();
            List<HeldMessage> waiting = heldIn("held");
            assertThat(waiting).extracting(HeldMessage::reason).containsExactly("ask the boss", "ask the boss");

            assertThat(await(held.release(waiting.getFirst().id()))).isPresent();
            assertThat(await(held.release(waiting.getFirst().id()))).isEmpty();
            assertThat(await(held.discard(waiting.getLast().id()))).isPresent();

            assertThat(jane.awaitMessage("room").text()).contains("\"message\":\"unsure\"", "\"offset\":1");
            ReceivedFrame again = jane.sendAndAwaitReceipt("/app/chat/sendMessage", heldJson("unsure", "first"));
            assertThat(again.headers().get("position")).endsWith("-1");
        }
        assertThat(heldIn("held")).isEmpty();
        assertThat(messages("held").messages()).hasSize(1);
        await().until(() -> company.events.stream().anyMatch(ChatEvent.MessageDiscarded.class::isInstance));
        assertThat(company.events)
                .hasAtLeastOneElementOfType(ChatEvent.MessageHeld.class)
                .hasAtLeastOneElementOfType(ChatEvent.MessageReleased.class);
    }

    @Test
    void tellsTheApplicationOfEverythingThatHappens() {
        company.open("events", "minsu");
        Rooms rooms = host.bean(Rooms.class);
        await(rooms.create(new NewRoom("events", "Events", "system")));
        await(rooms.rename("events", "행사"));
        await(host.bean(Members.class).add("events", new Author("employee:minsu", "김민수")));
        await(host.bean(Members.class).remove("events", "employee:minsu"));
        try (StompTestClient minsu = host.client("minsu")) {
            minsu.sendAndAwaitReceipt("/app/chat/addUser", talkJson("events", ""));
            say(minsu, "events", "안녕하세요");
            minsu.sendAndAwaitReceipt("/app/chat/leave", talkJson("events", ""));
        }
        await(rooms.delete("events"));

        await().untilAsserted(() -> assertThat(company.events.stream()
                        .filter(event -> event.toString().contains("events"))
                        .map(event -> event.getClass().getSimpleName()))
                .containsExactly(
                        "RoomCreated",
                        "RoomRenamed",
                        "MemberAdded",
                        "MemberRemoved",
                        "PersonJoined",
                        "MessageStored",
                        "PersonLeft",
                        "RoomDeleted"));
    }

    @Test
    void aDeletedRoomIsGoneForEverybody() {
        company.open("gone", "jane");
        talk("gone", "비밀스러운 마지막 말");
        try (StompTestClient jane = host.client("jane")) {
            jane.subscribed("errors", "/user/queue/errors");
            await(host.bean(Rooms.class).delete("gone"));
            jane.send("/app/chat/sendMessage", talkJson("gone", "hello?"), "receipt", "late");
            assertThat(refusal(jane, "late")).isEqualTo("unknown-room");
        }
        assertThat(host.get("jane", "/api/rooms/gone").statusCode()).isEqualTo(404);
        assertThat(host.get("jane", "/api/rooms/gone/messages").statusCode()).isEqualTo(404);
        assertThat(host.get("jane", "/api/search?q=%EB%A7%88%EC%A7%80%EB%A7%89").body())
                .doesNotContain("말");
        assertThatThrownBy(() -> await(host.bean(Rooms.class).create(new NewRoom("gone", "Again", "system"))))
                .hasMessageContaining("There is, or was, a room");
    }

    private static void say(StompTestClient client, String room, String text, String... more) {
        String json = talkJson(room, text);
        for (String each : more) {
            json = json.replace("}", ",\"" + each + "\"}");
        }
        client.sendAndAwaitReceipt("/app/chat/sendMessage", json);
    }

    private static String talkJson(String room, String text) {
        return "{\"roomId\":\"" + room + "\",\"message\":\"" + text + "\"}";
    }

    private static String heldJson(String text, String id) {
        return "{\"roomId\":\"held\",\"message\":\"" + text + "\",\"clientMessageId\":\"" + id + "\"}";
    }

    /** The name of the fault that the frame with this receipt was refused with. */
    private static String refusal(StompTestClient client, String receipt) {
        return client.await(frame -> frame.command() == StompCommand.MESSAGE
                        && receipt.equals(frame.headers().get("receipt-id")))
                .headers()
                .get("message");
    }

    private static List<ReceivedFrame> received(StompTestClient client, String subscription) {
        return client.frames().stream()
                .filter(frame -> subscription.equals(frame.headers().get("subscription")))
                .toList();
    }

    private static void talk(String room, String text) {
        await(host.bean(Messages.class).talk(new TalkRequest(room, new Author("system", "System"), text, null)));
    }

    private static MessagePage messages(String room) {
        return await(host.bean(Messages.class)
                .page(PageQuery.newest(room, 50))
                .exceptionally(error -> new MessagePage(List.of(), false, false, 1)));
    }

    private static List<HeldMessage> heldIn(String room) {
        return await(host.bean(HeldMessages.class).list(100)).stream()
                .filter(message -> message.request().roomId().equals(room))
                .toList();
    }
}
