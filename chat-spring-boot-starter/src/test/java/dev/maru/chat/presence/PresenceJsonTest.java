package dev.maru.chat.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PresenceJsonTest {

    @Test
    void rendersTheWholeSetAndItsChanges() {
        assertThat(text(PresenceJson.snapshot(12, List.of("민수", "Ja\"ne"))))
                .isEqualTo("{\"kind\":\"snapshot\",\"version\":12,\"people\":[\"민수\",\"Ja\\\"ne\"]}");
        assertThat(text(PresenceJson.joined(13, "민수")))
                .isEqualTo("{\"kind\":\"joined\",\"version\":13,\"person\":\"민수\"}");
        assertThat(text(PresenceJson.left(14, "민수"))).isEqualTo("{\"kind\":\"left\",\"version\":14,\"person\":\"민수\"}");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
