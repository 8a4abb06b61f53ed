package dev.maru.cluster.rabbitmq;

import dev.maru.engine.cluster.ClusterUnavailableException;
import dev.maru.engine.cluster.ConnectionKeeper;
import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applications that speak AMQP. What they publish to the topic exchange {@code maru.in} waits in the durable queue
 * {@code maru.in.<cluster>}, of which all nodes take in turn; it is acknowledged when it is stored, so it may be stored
 * twice when a node is lost in between, unless its body has a {@code clientMessageId}. What names no destination, is
 * refused, or has failed for an hour goes to the queue {@code maru.in.<cluster>.dead}. What is published to destinations
 * goes to the topic exchange {@code maru.out}.
 *
 * <p>A destination is the header {@code destination}, or the routing key with dots for slashes: {@code topic.public.tea}
 * is {@code /topic/public/tea}.
 *
 * <p>Safe for any thread.
 */
public final class RabbitOutsideExchange implements OutsideExchange {
    private final RabbitAddress address;
    private final String cluster;
    private final boolean taking;
    private final LongFailures failures = new LongFailures(InstantSource.system());
    private volatile @Nullable ConnectionKeeper keeper;
    private volatile @Nullable OutsideSession session;

    /**
     * @param cluster as in {@link RabbitClusterBroker}
     * @param taking whether messages are taken; if not, there is no queue for them
     */
    public RabbitOutsideExchange(RabbitAddress address, String cluster, boolean taking) {
        this.address = address;
        this.cluster = cluster;
        this.taking = taking;
    }

    @Override
    public void start(Function<OutsideMessage, CompletionStage<?>> publish) {
        ConnectionKeeper starting = new ConnectionKeeper(
                "RabbitMQ for applications",
                lost -> {
                    OutsideSession opened = OutsideSession.open(
                            new OutsideSession.Opening(address, cluster, taking, lost), publish, failures);
                    session = opened;
                    return opened;
                },
                ConnectionKeeper.Watcher.NOBODY);
        keeper = starting;
        starting.start();
    }

    @Override
    public CompletionStage<Void> publish(String destination, MessageContent content) {
        OutsideSession current = session;
        ConnectionKeeper keeping = keeper;
        if (current == null || keeping == null || !keeping.isConnected()) {
            return CompletableFuture.failedStage(new ClusterUnavailableException("RabbitMQ is not connected"));
        }
        return current.publish(destination, content);
    }

    @Override
    public void close() {
        ConnectionKeeper closing = keeper;
        if (closing != null) {
            closing.close();
        }
    }
}
