package dev.maru.cluster.redis;

import dev.maru.engine.cluster.ClusterUnavailableException;
import dev.maru.engine.cluster.OutsideMessage;
import dev.maru.engine.message.MessageContent;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchange's life between connecting and the loss of a connection, which ends it. Subscribes while this node holds
 * the lease.
 *
 * <p>Safe for any thread; messages arrive one after the other on a thread of Lettuce's.
 */
final class OutsideSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideSession.class);
    private static final long RELEASING_MILLIS = 500;

    private final ChannelPatterns patterns;
    private final ShardLinks shards;
    private final RedisLink link;
    private final OutsideLease lease;
    private final Consumer<Throwable> lost;
    private final ScheduledFuture<?> claiming;
    private boolean subscribed;

    private OutsideSession(
            RedisOutsideExchange.Channels channels,
            RedisConnector connector,
            ShardLinks shards,
            Consumer<OutsideMessage> taken,
            Consumer<Throwable> lost) {
        this.patterns = channels.patterns();
        this.shards = shards;
        this.lost = lost;
        link = shards.forChannel(channels.leaseKey());
        lease = new OutsideLease(
                link.asking().async(), channels.leaseKey(), UUID.randomUUID().toString());
        link.listening().addListener(new Inbound(patterns, lease, taken));
        claiming = connector.every(OutsideLease.RENEWED_EVERY, this::claim);
    }

    /** Connects; blocks until that is done. */
    static OutsideSession open(
            RedisOutsideExchange.Channels channels,
            RedisConnector connector,
            Consumer<OutsideMessage> taken,
            Consumer<Throwable> lost) {
        ShardLinks shards = connector.openShards(new RedisPubSubAdapter<>(), lost);
        try {
            return new OutsideSession(channels, connector, shards, taken, lost);
        } catch (RuntimeException e) {
            shards.close();
            throw e;
        }
    }

    CompletionStage<Void> publish(String destination, MessageContent content) {
        return link.asking()
                .async()
                .publish(RedisOutsideExchange.outbound(destination), content.body())
                .handle((_, failure) -> {
                    if (failure != null) {
                        throw new ClusterUnavailableException("Redis did not take a message", failure);
                    }
                    return null;
                });
    }

    @Override
    public void close() {
        claiming.cancel(false);
        try {
            lease.release().toCompletableFuture().get(RELEASING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The lease ends by itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shards.close();
    }

    private void claim() {
        if (patterns.globs().isEmpty()) {
            return;
        }
        var _ = lease.claim()
                .thenAccept(this::subscribe)
                .toCompletableFuture()
                .orTimeout(shards.patience().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    lost.accept(failure);
                    return null;
                });
    }

    private synchronized void subscribe(boolean held) {
        if (held == subscribed) {
            return;
        }
        subscribed = held;
        var commands = link.listening().async();
        for (String pattern : patterns.globs()) {
            var _ = (held ? commands.psubscribe(pattern) : commands.punsubscribe(pattern)).exceptionally(failure -> {
                lost.accept(failure);
                return null;
            });
        }
        if (held) {
            LOG.info("This node takes what applications publish to {} in Redis.", patterns.globs());
        }
    }

    private static final class Inbound extends RedisPubSubAdapter<String, byte[]> {
        private final ChannelPatterns patterns;
        private final OutsideLease lease;
        private final Consumer<OutsideMessage> taken;

        Inbound(ChannelPatterns patterns, OutsideLease lease, Consumer<OutsideMessage> taken) {
            this.patterns = patterns;
            this.lease = lease;
            this.taken = taken;
        }

        @Override
        public void message(String pattern, String channel, byte[] body) {
            if (lease.isHeld() && patterns.isFirstMatch(pattern, channel)) {
                taken.accept(new OutsideMessage(channel, content(body)));
            }
        }

        private static MessageContent content(byte[] body) {
            boolean json = body.length > 0 && (body[0] == '{' || body[0] == '[');
            return json ? MessageContent.json(body) : MessageContent.bytes(body);
        }
    }
}
