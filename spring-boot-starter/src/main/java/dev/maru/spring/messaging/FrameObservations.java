package dev.maru.spring.messaging;

import dev.maru.engine.session.ApplicationFrame;
import dev.maru.stomp.StompHeaders;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import org.springframework.messaging.handler.annotation.MessageMapping;

/**
 * Observes how frames are handled: {@code maru.frame} lasts from the interceptors of {@code clientInboundChannel} to the
 * return of the {@link MessageMapping} method. A trace that the client has put into the frame's headers goes on there.
 *
 * <p>Safe for any thread.
 */
final class FrameObservations {
    private final ObservationRegistry registry;

    FrameObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    void observe(FrameInHand frame, Runnable handling) {
        if (registry.isNoop()) {
            handling.run();
            return;
        }
        Observation observation = of(frame.frame()).start();
        try (Observation.Scope _ = observation.openScope()) {
            handling.run();
        } finally {
            Throwable failure = frame.failure();
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        }
    }

    private Observation of(ApplicationFrame frame) {
        ReceiverContext<StompHeaders> context = new ReceiverContext<>(StompHeaders::get);
        context.setCarrier(frame.headers());
        return Observation.createNotStarted("maru.frame", () -> context, registry)
                .contextualName("handle frame")
                .highCardinalityKeyValue("destination", frame.destination());
    }
}
