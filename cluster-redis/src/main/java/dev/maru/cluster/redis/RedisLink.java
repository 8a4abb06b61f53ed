package dev.maru.cluster.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Two connections to one server of Redis: {@code listening} only subscribes, so that a backlog there, and the end that
 * Redis puts to it, delays nothing that is published through {@code asking}. When one is lost, both are of no more use.
 *
 * <p>Safe for any thread.
 */
record RedisLink(
        StatefulRedisPubSubConnection<String, byte[]> listening, StatefulRedisConnection<String, byte[]> asking) {

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    static RedisLink open(
            RedisClient client, RedisURI uri, RedisPubSubListener<String, byte[]> listener, Consumer<Throwable> lost) {
        StatefulRedisPubSubConnection<String, byte[]> listening = client.connectPubSub(CODEC, uri);
        try {
            RedisLink link = new RedisLink(listening, client.connect(CODEC, uri));
            listening.addListener(listener);
            watch(link.listening, lost);
            watch(link.asking, lost);
            return link;
        } catch (RuntimeException e) {
            listening.close();
            throw e;
        }
    }

    /** Asks for a sign of life on both connections; completes exceptionally when there is none in time. */
    CompletableFuture<Void> ping(Duration patience) {
        return CompletableFuture.allOf(
                        listening.async().ping().toCompletableFuture(),
                        asking.async().ping().toCompletableFuture())
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
        listening.close();
        asking.close();
    }

    private static void watch(StatefulConnection<String, byte[]> connection, Consumer<Throwable> lost) {
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> ended) {
                lost.accept(new IOException("Redis has ended a connection"));
            }
        });
        if (!connection.isOpen()) {
            lost.accept(new IOException("Redis has ended a connection at once"));
        }
    }
}
