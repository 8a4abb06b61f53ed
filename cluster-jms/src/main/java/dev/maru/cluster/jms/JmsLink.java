package dev.maru.cluster.jms;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the broker, from its being opened to its loss: what it sends goes through {@link #sender}, what blocks
 * otherwise is done by {@link #worker}. It is lost when the client says so, and when one of the two is stuck; the sender
 * has something to do at least once a second.
 *
 * <p>Safe for any thread.
 */
final class JmsLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JmsLink.class);
    private static final long WATCH_MILLIS = 1000;
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Connection connection;
    private final Consumer<Throwable> lost;
    private final JmsWorker worker;
    private final JmsSender sender;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("maru-jms-watch").factory());

    private JmsLink(Connection connection, Consumer<Throwable> lost) throws JMSException {
        this.connection = connection;
        this.lost = lost;
        worker = new JmsWorker("listen", lost);
        sender = new JmsSender(connection.createSession(true, Session.SESSION_TRANSACTED), lost);
        watch.scheduleWithFixedDelay(this::check, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Connects; blocks until that is done. */
    static JmsLink open(ConnectionFactory factory, Consumer<Throwable> lost) throws JMSException {
        Connection connection = factory.createConnection();
        try {
            connection.setExceptionListener(lost::accept);
            connection.start();
            return new JmsLink(connection, lost);
        } catch (JMSException | RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    /** A session for the thread that asks, or for the one it hands it to. */
    Session session(int acknowledging) throws JMSException {
        return connection.createSession(acknowledging == Session.SESSION_TRANSACTED, acknowledging);
    }

    JmsWorker worker() {
        return worker;
    }

    JmsSender sender() {
        return sender;
    }

    private void check() {
        if (worker.isStuck() || sender.isStuck()) {
            lost.accept(new JMSException("the broker does not answer"));
        } else {
            sender.ping();
        }
    }

    /** Waits for a second at most: a client that has lost its broker may take long to notice. */
    @Override
    public void close() {
        watch.shutdownNow();
        worker.close();
        sender.close();
        Thread closing = Thread.ofPlatform().daemon().name("maru-jms-close").start(() -> close(connection));
        try {
            closing.join(CLOSING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (JMSException | RuntimeException e) {
            log.debug("closing a connection failed", e);
        }
    }
}
