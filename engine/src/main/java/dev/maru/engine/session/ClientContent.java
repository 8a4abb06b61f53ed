package dev.maru.engine.session;

import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.util.Set;

/** What of a client's SEND to a broker destination travels on to the subscribers. Stateless; safe for any thread. */
final class ClientContent {

    /**
     * Headers that do not travel on: those that are the engine's own in a MESSAGE, and what clients authenticate with,
     * because some add it to every frame.
     */
    private static final Set<String> KEPT_BACK = Set.of(
            "destination",
            "content-type",
            "content-length",
            "receipt",
            "transaction",
            "subscription",
            "message-id",
            "ack",
            "redelivered",
            "delivery-attempt",
            "original-destination",
            "Authorization",
            "login",
            "passcode");

    private ClientContent() {}

    static MessageContent of(StompHeaders headers, byte[] body) {
        StompHeaders further = new StompHeaders();
        headers.forEach((name, value) -> {
            if (!KEPT_BACK.contains(name)) {
                further.add(name, value);
            }
        });
        return new MessageContent(body, headers.get("content-type"), further);
    }
}
