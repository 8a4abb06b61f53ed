package dev.maru.cluster.redis;

/**
 * The names of the channels of a cluster, one for each partition: {@code maru:{<cluster>.<partition>}}. The braces are
 * Redis Cluster's hash tag: partitions spread over its shards.
 *
 * <p>Safe for any thread.
 */
record PartitionChannels(String cluster) {

    String name(int partition) {
        return prefix() + partition + "}";
    }

    /** The partition of a channel that {@link #name} has named. */
    int partition(String channel) {
        return Integer.parseInt(channel, prefix().length(), channel.length() - 1, 10);
    }

    private String prefix() {
        return "maru:{" + cluster + ".";
    }
}
