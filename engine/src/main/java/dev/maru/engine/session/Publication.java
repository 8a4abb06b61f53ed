package dev.maru.engine.session;

import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A message on its way to a broker destination, as a part of a transaction.
 *
 * <p>Safe for any thread.
 *
 * @param author whose it is, or empty
 * @param done completes when the message is stored, with its position, or is handed over, with none
 */
record Publication(
        String destination, String author, MessageContent content, CompletableFuture<Optional<StreamPosition>> done) {

    Publication(String destination, String author, MessageContent content) {
        this(destination, author, content, new CompletableFuture<>());
    }
}
