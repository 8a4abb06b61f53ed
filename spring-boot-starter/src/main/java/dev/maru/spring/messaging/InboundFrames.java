package dev.maru.spring.messaging;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.ApplicationFrame;
import dev.maru.engine.session.ApplicationHandler;
import dev.maru.spring.session.SessionMessages;
import dev.maru.spring.session.SessionTasks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.util.InvalidMimeTypeException;

/**
 * The engine's way into the application: each frame goes through {@code clientInboundChannel}, its interceptors and the
 * annotated method, and is answered when all of them have returned.
 *
 * <p>Called on event loops; runs the application on the threads of {@link SessionTasks}, one frame of a session after
 * the other. Safe for any thread.
 */
final class InboundFrames implements ApplicationHandler {
    private final SessionTasks tasks;
    private final MessageChannel channel;
    private final FrameObservations observations;

    InboundFrames(SessionTasks tasks, MessageChannel channel, FrameObservations observations) {
        this.tasks = tasks;
        this.channel = channel;
        this.observations = observations;
    }

    @Override
    public CompletionStage<?> handle(ApplicationFrame frame) {
        CompletableFuture<@Nullable Void> returned = new CompletableFuture<>();
        tasks.run(frame.session(), () -> handle(new FrameInHand(frame), returned));
        return returned;
    }

    private void handle(FrameInHand frame, CompletableFuture<@Nullable Void> returned) {
        try {
            observations.observe(frame, () -> frame.run(() -> send(frame)));
        } catch (Error error) {
            returned.completeExceptionally(error);
            throw error;
        } catch (RuntimeException failure) {
            frame.fail(failure);
        }
        Throwable failure = frame.failure();
        if (failure == null) {
            returned.complete(null);
        } else {
            returned.completeExceptionally(failure);
        }
    }

    private void send(FrameInHand frame) {
        Message<byte[]> message = message(frame.frame());
        try {
            if (!channel.send(message)) {
                dropped(frame);
            }
        } catch (RuntimeException failure) {
            frame.fail(FrameFailures.intercepted(failure));
        }
    }

    /** As in Spring, an interceptor drops a frame without a word; but nobody is told that it was handled. */
    private static void dropped(FrameInHand frame) {
        if (frame.frame().headers().contains("receipt")) {
            frame.fail(new Refusal(MessagingFault.INTERCEPTED, "the application dropped this frame"));
        }
    }

    private static Message<byte[]> message(ApplicationFrame frame) {
        try {
            return SessionMessages.of(frame.session(), StompCommand.SEND, frame.headers(), frame.body());
        } catch (InvalidMimeTypeException unreadable) {
            throw new Refusal(
                    MessagingFault.MALFORMED_PAYLOAD, "the content-type is not a media type such as application/json");
        }
    }
}
