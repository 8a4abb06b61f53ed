package dev.maru.chat.message;

import dev.maru.engine.Engine;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.fault.Refusal;
import dev.maru.spring.cluster.OutsideInbox;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes classic chat messages of applications at the broker: a TALK is stored, a JOIN or LEAVE goes to those who are in
 * the room now, as a client's would, and counts nobody. Other destinations get what is published to them.
 *
 * <p>Safe for any thread.
 */
public final class ClassicInbox implements OutsideInbox {
    private static final String AUTHOR = "outside";

    private final Engine engine;

    public ClassicInbox(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CompletionStage<?> take(OutsideMessage message) {
        String type = message.destination().startsWith(ClassicLog.PREFIX)
                ? type(message.content().body())
                : null;
        if ("JOIN".equals(type) || "LEAVE".equals(type)) {
            engine.broadcast(message.destination(), message.content());
            return CompletableFuture.completedStage(null);
        }
        return engine.publish(message.destination(), AUTHOR, message.content());
    }

    /** What cannot be read is left for the log to refuse. */
    private static @Nullable String type(byte[] body) {
        try {
            return ClassicMessage.parse(body).type();
        } catch (Refusal notJson) {
            return null;
        }
    }
}
