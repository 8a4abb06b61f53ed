package dev.maru.cluster.redis;

import dev.maru.engine.cluster.ClusterUnavailableException;
import dev.maru.engine.cluster.ConnectionKeeper;
import dev.maru.engine.cluster.OutsideExchange;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applications that publish to Redis and listen there. The channel of a message for a destination has the destination's
 * name, and what is published to destinations goes to the channel {@code maru:out:<destination>}, so that it never comes
 * back in. Both carry the body alone.
 *
 * <p>Redis keeps nothing of what is published, and waits for nobody: one node takes the messages, as long as it renews a
 * key with an expiry, and what is published while no node does, in the seconds after that node was lost, is gone. A
 * message that cannot be stored is logged and gone, too, as is what comes when {@value #MOST_UNSTORED} are being stored.
 *
 * <p>Safe for any thread.
 */
public final class RedisOutsideExchange implements OutsideExchange {
    private static final Logger LOG = LoggerFactory.getLogger(RedisOutsideExchange.class);
    private static final int MOST_UNSTORED = 10_000;

    private final Channels channels;
    private final RedisConnector connector;
    private final AtomicInteger unstored = new AtomicInteger();
    private volatile @Nullable ConnectionKeeper keeper;
    private volatile @Nullable OutsideSession session;

    /**
     * @param cluster as in {@link RedisClusterBroker}
     * @param in patterns of the destinations, and so of the channels, that messages are taken for; empty: none are
     */
    public RedisOutsideExchange(RedisAddress address, String cluster, List<String> in) {
        channels = new Channels("maru:{" + cluster + "}:outside", ChannelPatterns.of(in));
        connector = new RedisConnector(address);
    }

    /** Where an exchange takes messages from, and the key of the lease. */
    record Channels(String leaseKey, ChannelPatterns patterns) {}

    static String outbound(String destination) {
        return "maru:out:" + destination;
    }

    @Override
    public void start(Function<OutsideMessage, CompletionStage<?>> publish) {
        ConnectionKeeper starting = new ConnectionKeeper(
                "Redis for applications",
                lost -> {
                    OutsideSession opened =
                            OutsideSession.open(channels, connector, message -> take(message, publish), lost);
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
            return CompletableFuture.failedStage(new ClusterUnavailableException("Redis is not connected"));
        }
        return current.publish(destination, content);
    }

    @Override
    public void close() {
        ConnectionKeeper closing = keeper;
        if (closing != null) {
            closing.close();
        }
        connector.close();
    }

    private void take(OutsideMessage message, Function<OutsideMessage, CompletionStage<?>> publish) {
        if (unstored.incrementAndGet() > MOST_UNSTORED) {
            unstored.decrementAndGet();
            drop(message, new ClusterUnavailableException("too many messages are being stored"));
            return;
        }
        CompletionStage<?> stored;
        try {
            stored = publish.apply(message);
        } catch (RuntimeException e) {
            stored = CompletableFuture.failedStage(e);
        }
        var _ = stored.whenComplete((_, failure) -> {
            unstored.decrementAndGet();
            if (failure != null) {
                drop(message, failure);
            }
        });
    }

    private static void drop(OutsideMessage message, Throwable reason) {
        LOG.warn("Dropped what an application published to {}: {}", message.destination(), reason.toString());
    }
}
