package dev.maru.cluster.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.maru.engine.cluster.ClusterReceiver;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The queue of one node, and what reads it. It is bounded: when the node does not keep up, the oldest parcels go, and the
 * broker lays one of them into a second queue, from which the node learns that it has missed something.
 *
 * <p>Consumers run on the listening connection's one thread; {@link #acknowledge} is safe for any.
 */
final class NodeQueue {
    private final Channel channel;
    private final int acknowledgedAtOnce;
    private long delivered;
    private long acknowledged;
    private volatile boolean closed;

    /**
     * How much waits for a node.
     *
     * @param parcels at most in its queue
     * @param bytes at most in its queue
     * @param unacknowledged parcels at most between the queue and the node
     */
    record Bounds(int parcels, long bytes, int unacknowledged) {
        static final Bounds DEFAULT = new Bounds(100_000, 64 << 20, 500);
    }

    /** What the queue is bound to, and what it is called. */
    record Names(String exchange, String queue) {}

    private NodeQueue(Channel channel, Bounds bounds) {
        this.channel = channel;
        acknowledgedAtOnce = Math.max(1, bounds.unacknowledged / 10);
    }

    /** Makes the queues and begins to read them. */
    static NodeQueue declare(
            Channel channel, Names names, Bounds bounds, ClusterReceiver receiver, Consumer<Throwable> lost)
            throws IOException {
        NodeQueue queue = new NodeQueue(channel, bounds);
        String exchange = names.exchange;
        String name = names.queue;
        String overflow = name + ".overflow";
        channel.queueDeclare(overflow, false, true, true, Map.of("x-max-length", 1));
        // While any node is there this binding keeps the exchange, which ends with its last one.
        channel.queueBind(overflow, exchange, overflow);
        channel.queueDeclare(name, false, true, true, bounded(bounds, exchange, overflow));
        channel.basicQos(bounds.unacknowledged);
        channel.basicConsume(overflow, true, queue.new Overflow(lost));
        channel.basicConsume(name, false, queue.new Parcels(receiver, lost));
        return queue;
    }

    private static Map<String, Object> bounded(Bounds bounds, String exchange, String overflow) {
        return Map.of(
                "x-max-length",
                bounds.parcels,
                "x-max-length-bytes",
                bounds.bytes,
                "x-overflow",
                "drop-head",
                "x-dead-letter-exchange",
                exchange,
                "x-dead-letter-routing-key",
                overflow);
    }

    /** Acknowledges all that was read. What is left for long would end the channel. */
    synchronized void acknowledge() throws IOException {
        if (acknowledged < delivered) {
            acknowledged = delivered;
            channel.basicAck(delivered, true);
        }
    }

    /** What was read and not handed over yet is dropped: what comes through the next queue must not be overtaken. */
    void close() {
        closed = true;
    }

    private synchronized void delivered(long tag) throws IOException {
        delivered = tag;
        if (delivered - acknowledged >= acknowledgedAtOnce) {
            acknowledge();
        }
    }

    private final class Parcels extends DefaultConsumer {
        private final ClusterReceiver receiver;
        private final Consumer<Throwable> lost;

        Parcels(ClusterReceiver receiver, Consumer<Throwable> lost) {
            super(channel);
            this.receiver = receiver;
            this.lost = lost;
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
                throws IOException {
            if (!closed) {
                receiver.onParcel(Integer.parseInt(envelope.getRoutingKey()), body);
                delivered(envelope.getDeliveryTag());
            }
        }

        @Override
        public void handleCancel(String tag) {
            lost.accept(new IOException("RabbitMQ has ended this node's queue"));
        }

        @Override
        public void handleShutdownSignal(String tag, ShutdownSignalException cause) {
            lost.accept(cause);
        }
    }

    private final class Overflow extends DefaultConsumer {
        private final Consumer<Throwable> lost;

        Overflow(Consumer<Throwable> lost) {
            super(channel);
            this.lost = lost;
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
            lost.accept(new IOException("this node did not keep up, and RabbitMQ has dropped parcels for it"));
        }
    }
}
