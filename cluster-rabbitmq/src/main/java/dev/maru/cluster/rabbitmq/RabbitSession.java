package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ReconnectingClusterBroker;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The broker's life between connecting and the loss of anything, which ends it: a connection that listens and one that
 * publishes, because RabbitMQ stops reading from those that publish when it runs short of memory or disk.
 *
 * <p>Safe for any thread. Every few seconds it asks for the confirmation of a message to nobody, so that a broker that
 * takes nothing is noticed by all nodes, and not only by those that have something to say.
 */
final class RabbitSession implements ReconnectingClusterBroker.Session {
    private static final BasicProperties NONE = new BasicProperties();
    private static final byte[] NOTHING = {};
    private static final String NOBODY = "nobody";
    private static final int PROBE_SECONDS = 5;
    private static final int PATIENCE_SECONDS = 10;

    private final String exchange;
    private final Consumer<Throwable> lost;
    private final RabbitLinks links;
    private final NodeQueue queue;
    private final PartitionBindings bindings;
    private final ConfirmedChannel confirmed;

    private RabbitSession(Opening opening, RabbitLinks links, ClusterReceiver receiver) throws IOException {
        this.exchange = "maru." + opening.cluster + ".parcels";
        this.lost = opening.lost;
        this.links = links;
        String name = "maru." + opening.cluster + ".node." + UUID.randomUUID();
        Channel reading = links.listening().createChannel();
        reading.exchangeDeclare(exchange, BuiltinExchangeType.DIRECT, false, true, Map.of());
        queue = NodeQueue.declare(reading, new NodeQueue.Names(exchange, name), opening.bounds, receiver, lost);
        bindings = new PartitionBindings(links.listening().createChannel(), exchange, name, links.timer(), lost);
        confirmed = new ConfirmedChannel(links.publishing().createChannel(), "maru-cluster-publisher", lost);
    }

    /** What a session begins with. */
    record Opening(RabbitAddress address, String cluster, NodeQueue.Bounds bounds, Consumer<Throwable> lost) {}

    /** Connects, without listening to anything; blocks until that is done. */
    static RabbitSession open(Opening opening, ClusterReceiver receiver) throws Exception {
        RabbitLinks links = RabbitLinks.open(opening.address, "maru " + opening.cluster, opening.lost);
        try {
            RabbitSession session = new RabbitSession(opening, links, receiver);
            session.probe().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            links.timer().scheduleWithFixedDelay(session::check, PROBE_SECONDS, PROBE_SECONDS, TimeUnit.SECONDS);
            return session;
        } catch (Exception e) {
            links.close();
            throw e;
        }
    }

    @Override
    public CompletionStage<Void> listen(int partition) {
        return bindings.add(partition);
    }

    @Override
    public void ignore(int partition) {
        bindings.remove(partition);
    }

    @Override
    public CompletionStage<Void> publish(int partition, byte[] parcel) {
        return confirmed.publish(exchange, Integer.toString(partition), NONE, parcel);
    }

    @Override
    public void close() {
        queue.close();
        links.close();
        confirmed.close();
        bindings.close();
    }

    private void check() {
        try {
            queue.acknowledge();
        } catch (IOException | RuntimeException e) {
            lost.accept(e);
        }
        var _ = probe().exceptionally(failure -> {
            lost.accept(failure);
            return null;
        });
    }

    private CompletableFuture<Void> probe() {
        return confirmed
                .publish(exchange, NOBODY, NONE, NOTHING)
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
