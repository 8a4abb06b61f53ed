package dev.maru.cluster.redis;

import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ClusterUnavailableException;
import dev.maru.engine.cluster.ReconnectingClusterBroker;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The broker's life between connecting and the loss of any connection, which ends it.
 *
 * <p>{@link #listen} and {@link #ignore} are called in turn, under the broker's lock, so that the server gets them in the order of
 * the calls; the rest is safe for any thread.
 */
final class RedisSession implements ReconnectingClusterBroker.Session {
    private final PartitionChannels channels;
    private final Consumer<Throwable> lost;
    private final ShardLinks shards;
    private final boolean sharded;
    private final ScheduledFuture<?> pinging;
    private final Map<Integer, CompletionStage<Void>> confirmations = new HashMap<>();
    private final AtomicIntegerArray leaving;

    private RedisSession(Opening opening, ShardLinks shards, AtomicIntegerArray leaving) throws Exception {
        this.channels = opening.channels;
        this.lost = opening.lost;
        this.shards = shards;
        this.leaving = leaving;
        sharded = opening.kind.isSharded(shards.any(), opening.connector.timeout());
        pinging = opening.connector.every(opening.connector.timeout().dividedBy(2), this::ping);
    }

    /** What a session begins with. */
    record Opening(
            RedisConnector connector,
            PartitionChannels channels,
            ChannelKind kind,
            int partitions,
            Consumer<Throwable> lost) {}

    /** Connects, without listening to anything; blocks until that is done. */
    static RedisSession open(Opening opening, ClusterReceiver receiver) throws Exception {
        AtomicIntegerArray leaving = new AtomicIntegerArray(opening.partitions);
        ShardLinks shards = opening.connector.openShards(new Inbound(opening, receiver, leaving), opening.lost);
        try {
            return new RedisSession(opening, shards, leaving);
        } catch (Exception e) {
            shards.close();
            throw e;
        }
    }

    @Override
    public CompletionStage<Void> listen(int partition) {
        return confirmations.computeIfAbsent(partition, this::subscribe);
    }

    @Override
    public void ignore(int partition) {
        if (confirmations.remove(partition) == null) {
            return;
        }
        leaving.incrementAndGet(partition);
        String channel = channels.name(partition);
        var commands = link(channel).listening().async();
        endIfFailed(sharded ? commands.sunsubscribe(channel) : commands.unsubscribe(channel));
    }

    @Override
    public CompletionStage<Void> publish(int partition, byte[] parcel) {
        String channel = channels.name(partition);
        var commands = link(channel).asking().async();
        RedisFuture<Long> taken = sharded ? commands.spublish(channel, parcel) : commands.publish(channel, parcel);
        return taken.handle((_, failure) -> {
            if (failure != null) {
                throw new ClusterUnavailableException("Redis did not take a parcel", failure);
            }
            return null;
        });
    }

    @Override
    public void close() {
        pinging.cancel(false);
        shards.close();
    }

    private CompletionStage<Void> subscribe(int partition) {
        String channel = channels.name(partition);
        var commands = link(channel).listening().async();
        // One command for each channel: Lettuce takes the first of several confirmations for all of them.
        return endIfFailed(sharded ? commands.ssubscribe(channel) : commands.subscribe(channel));
    }

    private RedisLink link(String channel) {
        return sharded ? shards.forChannel(channel) : shards.any();
    }

    private CompletionStage<Void> endIfFailed(CompletionStage<Void> asked) {
        return asked.exceptionally(failure -> {
            lost.accept(failure);
            return null;
        });
    }

    private void ping() {
        var _ = endIfFailed(shards.ping());
    }

    /** Hands over what arrives, on Lettuce's threads. */
    private static final class Inbound extends RedisPubSubAdapter<String, byte[]> {
        private final Opening opening;
        private final ClusterReceiver receiver;
        private final AtomicIntegerArray leaving;

        Inbound(Opening opening, ClusterReceiver receiver, AtomicIntegerArray leaving) {
            this.opening = opening;
            this.receiver = receiver;
            this.leaving = leaving;
        }

        @Override
        public void message(String channel, byte[] parcel) {
            receiver.onParcel(opening.channels.partition(channel), parcel);
        }

        @Override
        public void smessage(String channel, byte[] parcel) {
            message(channel, parcel);
        }

        @Override
        public void sunsubscribed(@Nullable String channel, long count) {
            unsubscribed(channel, count);
        }

        @Override
        public void unsubscribed(@Nullable String channel, long count) {
            // A Redis Cluster that moves a slot ends the subscriptions to its channels.
            if (channel != null && leaving.getAndDecrement(opening.channels.partition(channel)) <= 0) {
                opening.lost.accept(new IOException("Redis has ended the subscription to " + channel));
            }
        }
    }
}
