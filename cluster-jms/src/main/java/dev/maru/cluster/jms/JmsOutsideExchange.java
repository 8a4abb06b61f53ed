package dev.maru.cluster.jms;

import dev.maru.engine.cluster.ClusterUnavailableException;
import dev.maru.engine.cluster.ConnectionKeeper;
import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.engine.cluster.OutsideHandover;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applications that speak JMS. What they send to the queue {@code <cluster>.in} is taken by one of the nodes and
 * acknowledged when it is stored, so it may be stored twice when a node is lost in between. What is published to
 * destinations goes to the topic {@code <cluster>.out}, the queue {@code <cluster>.out.queue}, or both. The string
 * property {@code destination} says where a message goes or comes from.
 *
 * <p>Safe for any thread.
 */
public final class JmsOutsideExchange implements OutsideExchange {
    private static final ConnectionKeeper.Watcher NOBODY = new ConnectionKeeper.Watcher() {
        @Override
        public void connected() {}

        @Override
        public void disconnected(Throwable cause) {}
    };

    private final Settings settings;
    private volatile @Nullable ConnectionKeeper keeper;
    private volatile @Nullable Link current;

    /**
     * What there is to exchange.
     *
     * @param server what to call the broker in the log
     * @param factory as for {@link JmsClusterBroker}
     * @param cluster the name that the queue and the topic begin with
     * @param taking whether messages are taken; if not, nobody reads the queue
     * @param outlet where messages go
     */
    public record Settings(
            String server, ConnectionFactory factory, String cluster, boolean taking, JmsOutlet outlet) {}

    private record Link(JmsLink jms, @Nullable JmsIntake intake) implements AutoCloseable {
        @Override
        public void close() {
            if (intake != null) {
                intake.close();
            }
            jms.close();
        }
    }

    public JmsOutsideExchange(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void start(Function<OutsideMessage, CompletionStage<?>> publish) {
        ConnectionKeeper starting =
                new ConnectionKeeper(settings.server + " for applications", lost -> open(publish, lost), NOBODY);
        keeper = starting;
        starting.start();
    }

    private Link open(Function<OutsideMessage, CompletionStage<?>> publish, Consumer<Throwable> lost)
            throws JMSException {
        JmsLink jms = JmsLink.open(settings.factory, lost);
        Link opened = new Link(jms, settings.taking ? intake(jms, publish, lost) : null);
        current = opened;
        return opened;
    }

    private JmsIntake intake(
            JmsLink jms, Function<OutsideMessage, CompletionStage<?>> publish, Consumer<Throwable> lost)
            throws JMSException {
        try {
            Session session = jms.session(Session.SESSION_TRANSACTED);
            JmsIntake intake = new JmsIntake(
                    session, settings.cluster + ".in", new OutsideHandover(publish, InstantSource.system()), lost);
            intake.start();
            return intake;
        } catch (JMSException | RuntimeException e) {
            jms.close();
            throw e;
        }
    }

    @Override
    public CompletionStage<Void> publish(String destination, MessageContent content) {
        Link link = current;
        ConnectionKeeper keeping = keeper;
        if (link == null || keeping == null || !keeping.isConnected()) {
            return CompletableFuture.failedStage(
                    new ClusterUnavailableException(settings.server + " is not connected"));
        }
        return link.jms.sender().send(producers -> send(producers, destination, content), content.body().length);
    }

    private void send(JmsProducers producers, String destination, MessageContent content) throws JMSException {
        String name = settings.cluster + ".out";
        if (settings.outlet.hasTopic()) {
            producers.toTopic(name, OutsideFormat.write(producers.session(), destination, content));
        }
        if (settings.outlet.hasQueue()) {
            producers.toQueue(name + ".queue", OutsideFormat.write(producers.session(), destination, content));
        }
    }

    @Override
    public void close() {
        ConnectionKeeper closing = keeper;
        if (closing != null) {
            closing.close();
        }
    }
}
