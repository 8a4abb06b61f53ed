package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.browser.ForeignClient.Kind;
import dev.maru.server.support.ServerProcess;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** @stomp/stompjs 7 and webstomp-client, unmodified, over WebSocket and over sockjs-client 1.6. */
@InChromium
class ForeignClientIT {

    private static final String SEND = "/app/chat/sendMessage";

    @ParameterizedTest
    @EnumSource
    void talksIsAnsweredAndLeavesInPeace(Kind kind, Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        ForeignClient client = ForeignClient.connects(browsers.page(Look.DESKTOP), room, kind);
        client.subscribes("stream", topic(room));
        client.sends("/app/chat/addUser", talk(room, "JOIN", ""), "joined");
        client.receipt("joined");

        String large = "안녕 " + "x".repeat(16_300);
        client.sends(SEND, talk(room, "TALK", large), "said");
        JsonNode receipt = client.receipt("said");
        room.hears("민수", "hello");

        assertThat(client.texts(3)).endsWith(large, "hello");
        assertThat(receipt.path("position").asString())
                .isEqualTo(client.received(3)
                        .get(1)
                        .path("headers")
                        .path("message-id")
                        .asString());
        assertThat(client.received(3).get(2).path("headers").path("destination").asString())
                .isEqualTo(topic(room));
        client.unsubscribes("stream");
        room.hears("민수", "too late");
        client.sends(SEND, talk(room, "TALK", "last"), "last");
        client.receipt("last");
        assertThat(client.received(3)).hasSize(3);
        client.disconnects();
        assertThat(room.texts()).containsExactly(large, "hello", "too late", "last");
    }

    @ParameterizedTest
    @EnumSource
    void comesBackAndMissesNothing(Kind kind, Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        ForeignClient client = ForeignClient.connects(browsers.page(Look.DESKTOP), room, kind);
        client.subscribes("stream", topic(room));
        room.hears("민수", "one");
        assertThat(client.texts(1)).containsExactly("one");

        client.page().context().setOffline(true);
        client.page().evaluate("() => client.drop()");
        room.hears("민수", "two");
        room.hears("민수", "three");
        client.page().context().setOffline(false);

        client.waitFor("connections === 2");
        room.hears("민수", "four");
        assertThat(client.texts(4)).containsExactly("one", "two", "three", "four");
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedByAnErrorThatNamesTheFrame(Kind kind, Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        ForeignClient client = ForeignClient.connects(browsers.page(Look.DESKTOP), room, kind);

        client.sends(SEND, "{no json", "wrong");

        JsonNode error = client.error();
        assertThat(error.path("message").asString()).isEqualTo("malformed-json");
        assertThat(error.path("code").asString()).isEqualTo("4100");
        assertThat(error.path("receipt-id").asString()).isEqualTo("wrong");
    }

    @ParameterizedTest
    @EnumSource
    void isToldOfARefusalAndStaysWhereItListensForThem(Kind kind, Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        ForeignClient client = ForeignClient.connects(browsers.page(Look.DESKTOP), room, kind);
        client.subscribes("errors", "/user/queue/errors");

        client.sends(SEND, "{no json", "wrong");
        client.sends(SEND, talk(room, "TALK", "right"), "right");

        client.receipt("right");
        JsonNode refusal = client.received(1).getFirst().path("headers");
        assertThat(refusal.path("message").asString()).isEqualTo("malformed-json");
        assertThat(refusal.path("receipt-id").asString()).isEqualTo("wrong");
        assertThat(client.connections()).isEqualTo(1);
    }

    @Test
    void talksInBinaryBodiesAndHearsTheServersHeartBeat(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        ForeignClient client = ForeignClient.connects(browsers.page(Look.DESKTOP), room, Kind.STOMPJS);
        client.subscribes("stream", topic(room));
        client.subscribes("errors", "/user/queue/errors");

        byte[] notUtf8 = {'{', (byte) 0xFF, 0, '}'};
        client.sendsBytes(SEND, notUtf8, "wrong");
        client.sendsBytes(SEND, talk(room, "TALK", "글자 그대로").getBytes(StandardCharsets.UTF_8), "right");

        client.receipt("right");
        assertThat(client.received(2).getFirst().path("headers").path("message").asString())
                .isEqualTo("malformed-json");
        assertThat(room.texts()).containsExactly("글자 그대로");
        client.hearsHeartBeats(2);
        assertThat(client.connections()).isEqualTo(1);
    }

    @Test
    void leavesTheRoomWhenItDisconnects(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        ForeignClient client = ForeignClient.connects(browsers.page(Look.DESKTOP), room, Kind.STOMPJS);
        client.sends("/app/chat/addUser", talk(room, "JOIN", ""), "joined");
        assertThat(minsu.people()).hasText("2 here together");
        client.disconnects();
        assertThat(minsu.people()).hasText("Only you are here");
    }

    private static String topic(Room room) {
        return "/topic/public/" + room.id();
    }

    private static String talk(Room room, String type, String text) {
        return "{\"roomId\":\"%s\",\"type\":\"%s\",\"sender\":\"Jane\",\"message\":\"%s\"}"
                .formatted(room.id(), type, text);
    }
}
