package dev.maru.cluster.jms;

import dev.maru.engine.cluster.OutsideHandover;
import dev.maru.engine.cluster.OutsideMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from a queue, some messages at a time in one transaction, which is committed when they are stored. If the node or
 * the connection is lost before, the broker gives them to another.
 *
 * <p>The session is confined to a thread of its own; {@link #close} is safe for any other.
 */
final class JmsIntake implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JmsIntake.class);
    private static final int MOST_TOGETHER = 64;
    private static final long WAIT_MILLIS = 250;
    private static final long RETRY_MILLIS = 1000;
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Session session;
    private final String queue;
    private final OutsideHandover handover;
    private final Consumer<Throwable> lost;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    JmsIntake(Session session, String queue, OutsideHandover handover, Consumer<Throwable> lost) {
        this.session = session;
        this.queue = queue;
        this.handover = handover;
        this.lost = lost;
        thread = Thread.ofPlatform().daemon().name("maru-jms-intake").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            while (ended.getCount() > 0) {
                take(consumer);
            }
        } catch (JMSException | RuntimeException e) {
            lost.accept(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(MessageConsumer consumer) throws JMSException, InterruptedException {
        List<OutsideMessage> messages = new ArrayList<>();
        int taken = 0;
        for (Message next = consumer.receive(WAIT_MILLIS); next != null; next = more(consumer, taken)) {
            taken++;
            read(next, messages);
        }
        if (taken > 0 && isHandedOver(messages)) {
            session.commit();
        }
    }

    private static @Nullable Message more(MessageConsumer consumer, int taken) throws JMSException {
        return taken < MOST_TOGETHER ? consumer.receiveNoWait() : null;
    }

    private void read(Message message, List<OutsideMessage> messages) {
        try {
            OutsideFormat.read(message)
                    .ifPresentOrElse(
                            messages::add,
                            () -> log.warn("a message in {} has no property 'destination', or no body", queue));
        } catch (JMSException | RuntimeException e) {
            log.warn("a message in {} cannot be read", queue, e);
        }
    }

    private boolean isHandedOver(List<OutsideMessage> messages) throws InterruptedException {
        List<OutsideMessage> left = handover.attempt(messages);
        while (!left.isEmpty() && !ended.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
            left = handover.attempt(left);
        }
        return left.isEmpty();
    }

    /** Waits for a second at most. */
    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
