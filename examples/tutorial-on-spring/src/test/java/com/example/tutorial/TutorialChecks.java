package com.example.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.tutorial.Wire.Way;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.ReceivedFrame;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a client sees of the tutorial's application, whichever broker is below it. */
interface TutorialChecks extends Server {

    @ParameterizedTest
    @EnumSource
    default void sendsWhatTheFirstVersionReturnsToEverybody(Way way) {
        ChatClient ann = connect(way).listen("a", "/topic/public");
        ChatClient bob = connect(way).listen("b", "/topic/public");
        bob.send("/app/lobby/sendMessage", "{\"type\":\"TALK\",\"sender\":\"보라\",\"message\":\"%s\"}".formatted(way));

        for (ReceivedFrame message : List.of(ann.await("a", way.name()), bob.await("b", way.name()))) {
            assertThat(message.header("destination")).isEqualTo("/topic/public");
            assertThat(message.header("content-type")).isEqualTo("application/json");
            assertThat(message.header("content-length")).isEqualTo(String.valueOf(message.body().length));
            assertThat(message.header("message-id")).isNotEmpty();
            assertThat(ChatClient.fields(message).toString())
                    .isEqualTo("{roomId=null, type=TALK, sender=보라, message=%s}".formatted(way));
        }
    }

    @ParameterizedTest
    @EnumSource
    default void sendsWhatIsReturnedToTheTopicOfTheMappingWithoutSendTo(Way way) {
        ChatClient ann = connect(way).listen("a", "/topic/lobby/wave");
        ann.send("/app/lobby/wave", "{\"sender\":\"%s\"}".formatted(way));
        assertThat(ann.await("a", way.name()).header("destination")).isEqualTo("/topic/lobby/wave");
    }

    @ParameterizedTest
    @EnumSource
    default void talksInTheRoomThatTheMessageNames(Way way) {
        String room = ChatClient.newRoom();
        String next = ChatClient.newRoom();
        ChatClient ann = connect(way).listen("a", "/topic/public/" + room);
        ChatClient neighbour = connect(way).listen("n", "/topic/public/" + next);
        ChatClient bob = connect(way);
        bob.say("/app/chat/addUser", room, "JOIN", "Bob", "");
        bob.say("/app/chat/sendMessage", room, "TALK", "Bob", "안녕하세요 👋 \\ \"따옴표\"\n둘째 줄");
        bob.say("/app/chat/sendMessage", next, "TALK", "Bob", "next door");

        assertThat(ChatClient.fields(ann.await("a", "JOIN")))
                .isEqualTo(Map.of("roomId", room, "type", "JOIN", "sender", "Bob", "message", ""));
        assertThat(ChatClient.fields(ann.await("a", "TALK")).get("message")).isEqualTo("안녕하세요 👋 \\ \"따옴표\"\n둘째 줄");
        neighbour.await("n", "next door");
        assertThat(neighbour.messages("n")).hasSize(1);
        assertThat(ann.messages("a")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    default void talksInTheRoomThatTheDestinationNames(Way way) {
        String room = ChatClient.newRoom();
        ChatClient ann = connect(way).listen("a", "/topic/public/" + room);
        ann.say("/app/chat/message/" + room, "elsewhere", "TALK", "Ann", "by path");
        assertThat(ann.await("a", "by path").header("destination")).isEqualTo("/topic/public/" + room);
    }

    @ParameterizedTest
    @EnumSource
    default void answersWhoSubscribesToASubscribeMapping(Way way) {
        String room = ChatClient.newRoom();
        ChatClient ann = connect(way).subscribe("w", "/app/chat/welcome/" + room);
        ReceivedFrame welcome = ann.await("w", "Welcome to " + room);
        assertThat(welcome.header("destination")).isEqualTo("/app/chat/welcome/" + room);
        ann.listen("a", "/topic/public/" + room);
        assertThat(ann.messages("w")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    default void matchesMappingsThatArePatterns(Way way) {
        ChatClient ann = connect(way);
        ann.listen("h", "/user/queue/help", () -> ann.send("/app/help", ""));
        assertThat(ann.await("h", "Nothing to say about /app/help").header("destination"))
                .isEqualTo("/user/queue/help");
        assertThat(ann.await("h", "/app/help").header("content-type")).isEqualTo("text/plain;charset=UTF-8");
        ann.send("/app/helpMe", "");
        ann.await("h", "Nothing to say about /app/helpMe");
        ann.send("/app/help/rooms", "");
        ann.await("h", "Help about rooms");
        ann.send("/app/help/people/and/places", "");
        ann.await("h", "Help about people");
        ann.frame("SEND", "", "destination:/app/help/방", "lang:ko");
        ann.await("h", "방에 대한 도움말");
        ann.send("/app/help/person", "");
        ann.await("h", "Somebody will be with you");
    }

    @ParameterizedTest
    @EnumSource
    default void tellsTheSendingSessionAloneWhatTheExceptionHandlerSays(Way way) {
        String room = ChatClient.newRoom();
        ChatClient bob = connect(way).subscribe("p", "/user/queue/problems").listen("b", "/topic/public/" + room);
        ChatClient ann = connect(way);
        ann.listen(
                "p",
                "/user/queue/problems",
                () -> ann.say("/app/chat/sendMessage", room, "TALK", "Ann", "x".repeat(1_001)));
        ann.await("p", "A message has at most 1000 characters");

        ann.say("/app/chat/sendMessage", room, "TALK", "Ann", "short");
        bob.await("b", "short");
        assertThat(bob.messages("b")).hasSize(1);
        assertThat(bob.messages("p")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SOCKJS_XHR_STREAMING")
    default void tellsTheRoomWhoLeftWithoutAWord(Way way) {
        String room = ChatClient.newRoom();
        ChatClient ann = connect(way).listen("a", "/topic/public/" + room);
        ChatClient bob = connect(way).say("/app/chat/addUser", room, "JOIN", "보라", "");
        ann.await("a", "JOIN");
        bob.abort();
        assertThat(ann.await("a", "LEAVE").text())
                .isEqualTo("{\"roomId\":\"%s\",\"type\":\"LEAVE\",\"sender\":\"보라\",\"message\":null}".formatted(room));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SOCKJS_XHR_STREAMING")
    default void tellsTheLobbyWhoLeftWithDisconnectAndReceiptsThat(Way way) {
        ChatClient ann = connect(way).listen("a", "/topic/public");
        ChatClient bob =
                connect(way).send("/app/lobby/addUser", "{\"type\":\"JOIN\",\"sender\":\"%s\"}".formatted(way));
        ann.await("a", way.name());
        bob.frame("DISCONNECT", "", "receipt:bye");
        bob.awaitReceipt("bye");
        bob.close();
        ann.await(frame -> frame.text().contains("LEAVE") && frame.text().contains(way.name()));
    }

    @ParameterizedTest
    @EnumSource
    default void deliversToEachSubscriptionOfAConnectionUntilItEnds(Way way) {
        String topic = "/topic/free/" + ChatClient.newRoom();
        ChatClient ann = connect(way).listen("one", topic).listen("two", topic);
        ann.send(topic, "first");
        ann.await("one", "first");
        ann.await("two", "first");
        ann.frame("UNSUBSCRIBE", "", "id:one");
        // UNSUBSCRIBE may be overtaken on Spring, so it is given time in which messages stop coming.
        Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> {
            int before = ann.messages("one").size();
            String mark = "mark " + System.nanoTime();
            ann.send(topic, mark).await("two", mark);
            return ann.messages("one").size() == before;
        });
    }

    @ParameterizedTest
    @EnumSource
    default void deliversAQueueToEverySubscriber(Way way) {
        String queue = "/queue/" + ChatClient.newRoom();
        ChatClient ann = connect(way).listen("a", queue);
        ChatClient bob = connect(way).listen("b", queue);
        ann.send(queue, "to both");
        ann.await("a", "to both");
        bob.await("b", "to both");
    }

    @ParameterizedTest
    @EnumSource
    default void deliversToSubscriptionsThatArePatterns(Way way) {
        String branch = ChatClient.newRoom();
        ChatClient ann = connect(way);
        ann.listen("one", "/topic/" + branch + "/*", () -> ann.send("/topic/" + branch + "/poke", "probe"));
        ann.listen("all", "/topic/" + branch + "/**", () -> ann.send("/topic/" + branch + "/poke", "probe"));
        ann.send("/topic/" + branch + "/leaf", "near");
        ann.send("/topic/" + branch + "/twig/leaf", "far");
        assertThat(ann.await("one", "near").header("destination")).isEqualTo("/topic/" + branch + "/leaf");
        ann.await("all", "near");
        ann.await("all", "far");
        assertThat(ann.messages("one")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    default void keepsTheConnectionOfWhoSendsToNobody(Way way) {
        ChatClient ann = connect(way);
        ann.send("/app/nobody/home", "{}");
        ann.subscribe("n", "/app/nobody/home");
        String topic = "/topic/free/" + ChatClient.newRoom();
        ann.listen("a", topic).send(topic, "still here").await("a", "still here");
        assertThat(ann.frames(StompCommand.ERROR)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void keepsTheConnectionOfWhoSendsWhatCannotBeRead(Way way) {
        ChatClient ann = connect(way);
        ann.send("/app/chat/sendMessage", "no json");
        ann.send("/app/chat/sendMessage", "{\"type\":\"SHOUT\"}");
        String topic = "/topic/free/" + ChatClient.newRoom();
        ann.listen("a", topic).send(topic, "still here").await("a", "still here");
        assertThat(ann.frames(StompCommand.ERROR)).isEmpty();
    }
}
