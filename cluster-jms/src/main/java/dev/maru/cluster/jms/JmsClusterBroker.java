package dev.maru.cluster.jms;

import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ReconnectingClusterBroker;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Carries parcels over a fixed number of JMS topics, {@code maru.<cluster>.parcels.<n>}: 16, and one of the last
 * partition's own. Messages are not persistent, and consumers not durable: the broker keeps nothing.
 *
 * <p>The factory is the application's, of any broker with JMS 3.1 or 2.0 under the name {@code jakarta.jms}; one without
 * reconnecting of its own ({@code failover:}), since that hides the loss of messages. A broker that does not answer for
 * four seconds is taken for lost.
 *
 * <p>Safe for any thread.
 */
public final class JmsClusterBroker extends ReconnectingClusterBroker {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ConnectionFactory factory;
    private final String cluster;

    /**
     * @param server what to call the broker in the log, for example {@code ActiveMQ}
     * @param cluster the nodes of one cluster meet under this name, others at the same broker under other names
     */
    public JmsClusterBroker(String server, ConnectionFactory factory, String cluster) {
        super(server, PATIENCE);
        this.factory = factory;
        this.cluster = cluster;
    }

    @Override
    protected Session open(int partitions, ClusterReceiver receiver, Consumer<Throwable> lost) throws JMSException {
        return new JmsNode(JmsLink.open(factory, lost), new ParcelTopics(cluster, partitions), receiver, lost);
    }
}
