package dev.maru.cluster.redis;

/** On plain channels, as servers before Redis 7 have them alone. */
class PlainRedisClusterBrokerTest extends RedisClusterBrokerTest {
    @Override
    ChannelKind kind() {
        return ChannelKind.PLAIN;
    }
}
