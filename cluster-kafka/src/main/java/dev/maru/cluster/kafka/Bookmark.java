package dev.maru.cluster.kafka;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;

/**
 * Where a link ended. What was published since is still there, so the next link goes on from here, unless that is long
 * ago: then it is quicker to read the store. Immutable.
 *
 * @param topic which topic the positions are of
 * @param positions the next offset to read, by the number of Kafka's partition
 * @param nanos when that was
 */
record Bookmark(Uuid topic, Map<Integer, Long> positions, long nanos) {
    private static final long AT_MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

    static Bookmark none() {
        return new Bookmark(Uuid.ZERO_UUID, Map.of(), 0);
    }

    Bookmark in(ParcelTopic found) {
        boolean usable = topic.equals(found.id()) && System.nanoTime() - nanos < AT_MOST_NANOS;
        return usable ? this : none();
    }
}
