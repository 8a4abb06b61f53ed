package dev.maru.spring.cluster;

import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.spring.drain.EngineLifecycle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.context.SmartLifecycle;

/**
 * Lets in what applications publish at the broker, while the engine takes clients.
 *
 * <p>Started and stopped by the container; takes messages on any thread.
 */
final class OutsideIntake implements SmartLifecycle {
    private final OutsideExchange exchange;
    private final DestinationChoice allowed;
    private final OutsideInbox inbox;
    private volatile boolean running;

    OutsideIntake(OutsideExchange exchange, DestinationChoice allowed, OutsideInbox inbox) {
        this.exchange = exchange;
        this.allowed = allowed;
        this.inbox = inbox;
    }

    @Override
    public void start() {
        if (!running) {
            running = true;
            exchange.start(this::take);
        }
    }

    @Override
    public void stop() {
        running = false;
        exchange.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Ends before the engine sends its clients away, and begins after it. */
    @Override
    public int getPhase() {
        return EngineLifecycle.PHASE + 1;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    private CompletionStage<?> take(OutsideMessage message) {
        if (!allowed.includes(message.destination())) {
            return CompletableFuture.failedStage(new Refusal(
                    SessionFault.FORBIDDEN,
                    message.destination() + " is not among the destinations of maru.cluster.outside.in"));
        }
        try {
            return inbox.take(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
