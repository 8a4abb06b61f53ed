package dev.maru.chat.stomp;

import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.Session;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a room who is typing, for each session no more often than {@link TypingPace} lets it; what comes between is
 * dropped without a word.
 *
 * <p>Safe for any thread.
 */
final class Typing {
    static final String PREFIX = "/topic/typing/";
    private static final String PACE = "dev.maru.chat.typing";
    private static final JsonMapper JSON = new JsonMapper();

    private final BiConsumer<String, MessageContent> broadcast;
    private final InstantSource time;

    Typing(BiConsumer<String, MessageContent> broadcast, InstantSource time) {
        this.broadcast = broadcast;
        this.time = time;
    }

    void tell(Session session, String roomId, String sender) {
        TypingPace pace = (TypingPace) session.attributes().computeIfAbsent(PACE, key -> new TypingPace());
        if (pace.tryTell(roomId, time.instant())) {
            byte[] body = JSON.writeValueAsBytes(new TypingMessage(roomId, sender));
            broadcast.accept(PREFIX + roomId, MessageContent.json(body));
        }
    }

    /** The JSON that subscribers get. */
    record TypingMessage(String roomId, String sender) {}
}
