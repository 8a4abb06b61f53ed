package dev.maru.engine.session;

import dev.maru.engine.fanout.AckWindow;
import dev.maru.engine.fanout.Settlement;
import dev.maru.engine.fault.DeliveryFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.queue.QueueStore;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * ACK and NACK, as each version names the message: by {@code message-id} (STOMP 1.0, "ACK"), by {@code subscription}
 * and {@code message-id} (STOMP 1.1, "ACK"), by the {@code id} that stood in the MESSAGE's {@code ack} (STOMP 1.2,
 * "ACK").
 *
 * <p>Confined to its session's event loop.
 */
final class Acknowledging {
    private final EngineSession session;

    Acknowledging(EngineSession session) {
        this.session = session;
    }

    /** Settles at once; the stage completes on the event loop when that is stored. */
    CompletionStage<?> settle(StompCommand command, StompHeaders headers, StompVersion version) {
        Settlement settlement = take(command, headers, version);
        QueueStore store = settlement.store();
        if (store == null) {
            settlement.done().run();
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<Boolean> settled = new CompletableFuture<>();
        store.apply(settlement.changes())
                .whenComplete((_, error) -> session.onLoop(() -> {
                    if (error == null) {
                        settlement.done().run();
                        settled.complete(true);
                    } else {
                        settlement.undone().run();
                        settled.completeExceptionally(error);
                    }
                }));
        return settled;
    }

    /**
     * Takes what the frame settles out of its window, for the caller to store.
     *
     * @throws Refusal if the message does not wait to be acknowledged
     */
    Settlement take(StompCommand command, StompHeaders headers, StompVersion version) {
        boolean positive = command == StompCommand.ACK;
        Settlement settlement = switch (version) {
            case V1_0 -> session.subscriptions().settle(headers.get("subscription"), messageId(headers), positive);
            case V1_1 ->
                session.subscriptions()
                        .settle(FrameHandler.required(headers, "subscription"), messageId(headers), positive);
            case V1_2 -> {
                String id = FrameHandler.required(headers, "id");
                yield session.subscriptions().settle(AckWindow.subscriptionId(id), AckWindow.messageId(id), positive);
            }
        };
        if (settlement == null) {
            throw new Refusal(DeliveryFault.UNKNOWN_ACK, "no such message waits to be acknowledged");
        }
        return settlement;
    }

    private static String messageId(StompHeaders headers) {
        return FrameHandler.required(headers, "message-id");
    }
}
