package dev.maru.engine.session;

import dev.maru.engine.message.MessageContent;
import java.util.concurrent.CompletionStage;

/** Where clients' own SENDs to broker destinations go. */
@FunctionalInterface
public interface Publisher {

    /**
     * Publishes for this author; the stage completes when the message is stored, with its position, or is handed to
     * the subscribers, with null.
     */
    CompletionStage<?> publish(String destination, String author, MessageContent content);
}
