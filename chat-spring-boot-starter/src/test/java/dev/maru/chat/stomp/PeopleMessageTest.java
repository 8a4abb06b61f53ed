package dev.maru.chat.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PeopleMessageTest {

    @Test
    void writesOutTheMessageThatThereIsNoneOf() {
        assertThat(json(ClassicType.JOIN, "3d41", "민수"))
                .isEqualTo("{\"roomId\":\"3d41\",\"type\":\"JOIN\",\"sender\":\"민수\",\"message\":null}");
    }

    @Test
    void leavesTheLobbysIdOut() {
        assertThat(json(ClassicType.LEAVE, "lobby", "<b>\"Jane\"</b>"))
                .isEqualTo("{\"type\":\"LEAVE\",\"sender\":\"<b>\\\"Jane\\\"</b>\",\"message\":null}");
    }

    private static String json(ClassicType type, String room, String sender) {
        return new String(PeopleMessage.of(type, room, sender).body(), StandardCharsets.UTF_8);
    }
}
