package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.fault.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages of a queue through one channel, and acknowledges each when it is stored. What is refused goes to the
 * dead letters. After a failure that may pass nothing more is taken; when what is under way has settled, the channel's
 * owner is told, whose closing of the channel gives back all that is not acknowledged.
 *
 * <p>Deliveries come on the connection's one consumer thread, their ends on any; the lock guards the counting alone.
 */
final class Intake extends DefaultConsumer {
    static final int UNACKNOWLEDGED = 250;
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NOT_IMPLEMENTED = 501;

    private final Function<OutsideMessage, CompletionStage<?>> publish;
    private final LongFailures failures;
    private final Runnable halt;
    private int underWay;
    private boolean halting;
    private boolean taken;

    /** @param halt told once, on any thread, when nothing is under way after a failure */
    Intake(
            Channel channel,
            Function<OutsideMessage, CompletionStage<?>> publish,
            LongFailures failures,
            Runnable halt) {
        super(channel);
        this.publish = publish;
        this.failures = failures;
        this.halt = halt;
    }

    @Override
    public void handleDelivery(String consumer, Envelope envelope, BasicProperties properties, byte[] body) {
        if (!begin()) {
            return;
        }
        long tag = envelope.getDeliveryTag();
        Optional<OutsideMessage> message = OutsideFormat.read(envelope.getRoutingKey(), properties, body);
        if (message.isEmpty()) {
            LOG.warn("What an application published with the key '{}' names no destination", envelope.getRoutingKey());
            settle(() -> getChannel().basicReject(tag, false));
            return;
        }
        int fingerprint = 31 * message.get().destination().hashCode() + Arrays.hashCode(body);
        var _ = publish(message.get()).whenComplete((_, failure) -> end(tag, fingerprint, message.get(), failure));
    }

    /** Whether anything was stored. */
    synchronized boolean hasTaken() {
        return taken;
    }

    private CompletionStage<?> publish(OutsideMessage message) {
        try {
            return publish.apply(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void end(long tag, int fingerprint, OutsideMessage message, @Nullable Throwable failure) {
        if (failure == null) {
            failures.passed(fingerprint);
            settle(() -> getChannel().basicAck(tag, false));
        } else if (mayPass(failure) && !failures.isTooLong(fingerprint)) {
            LOG.warn(
                    "Cannot store what an application published to {} now: {}",
                    message.destination(),
                    failure.toString());
            halt();
        } else {
            LOG.warn("Refused what an application published to {}: {}", message.destination(), failure.toString());
            settle(() -> getChannel().basicReject(tag, false));
        }
    }

    private static boolean mayPass(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            int status = refusal.fault().httpStatus();
            return status == TOO_MANY_REQUESTS || (status >= 500 && status != NOT_IMPLEMENTED);
        }
        return true;
    }

    private synchronized boolean begin() {
        if (!halting) {
            underWay++;
        }
        return !halting;
    }

    private void settle(Settlement settlement) {
        synchronized (this) {
            taken = true;
        }
        try {
            settlement.run();
        } catch (IOException | AlreadyClosedException e) {
            LOG.debug("It comes again: the channel is closed", e);
        }
        done(false);
    }

    private void halt() {
        done(true);
    }

    private void done(boolean failed) {
        boolean last;
        synchronized (this) {
            halting |= failed;
            underWay--;
            last = halting && underWay == 0;
        }
        if (last) {
            halt.run();
        }
    }

    private interface Settlement {
        void run() throws IOException;
    }
}
