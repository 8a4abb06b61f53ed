package dev.maru.cluster.kafka;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topic that carries a cluster's parcels. Several of Maru's partitions share one of Kafka's, except for Maru's last,
 * to which all nodes listen: it has Kafka's last to itself. Which of Maru's it is stands in the key of the record, as four
 * bytes. Immutable.
 *
 * @param id changes when the topic is made again
 * @param count how many partitions it has in Kafka
 * @param last the last of Maru's partitions
 */
record ParcelTopic(String name, Uuid id, int count, int last) {
    private static final int AT_MOST_PARTITIONS = 33;
    private static final String RETENTION_MILLIS = "600000";
    private static final String SEGMENT_BYTES = String.valueOf(64 << 20);

    static String name(KafkaSettings settings) {
        return "maru." + settings.cluster() + ".parcels";
    }

    /** The topic as it is, or as it is made now. */
    static CompletionStage<ParcelTopic> find(Admin admin, String name, int partitions) {
        NewTopic topic = new NewTopic(name, Optional.of(Math.min(partitions, AT_MOST_PARTITIONS)), Optional.empty())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG, RETENTION_MILLIS,
                        TopicConfig.SEGMENT_MS_CONFIG, RETENTION_MILLIS,
                        TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT_BYTES,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(KafkaSettings.RECORD_BYTES)));
        return Topics.findOrMake(admin, topic)
                .thenApply(found -> new ParcelTopic(
                        name, found.topicId(), found.partitions().size(), partitions - 1));
    }

    /** Which of Kafka's partitions carries one of Maru's. */
    int carrierOf(int partition) {
        return partition == last || count == 1 ? count - 1 : partition % (count - 1);
    }

    TopicPartition carrier(int number) {
        return new TopicPartition(name, number);
    }

    ProducerRecord<byte[], byte[]> pack(int partition, byte[] parcel) {
        byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
        return new ProducerRecord<>(name, carrierOf(partition), key, parcel);
    }

    /** Maru's partition, or -1 if no node wrote this. */
    static int partitionOf(ConsumerRecord<byte[], byte[]> packed) {
        byte[] key = packed.key();
        boolean parcel = key != null && key.length == Integer.BYTES && packed.value() != null;
        return parcel ? ByteBuffer.wrap(key).getInt() : -1;
    }

    /** Where the partition ends (or begins) now. */
    CompletionStage<Long> offset(Admin admin, int number, OffsetSpec wanted) {
        TopicPartition carrier = carrier(number);
        return admin.listOffsets(Map.of(carrier, wanted))
                .partitionResult(carrier)
                .toCompletionStage()
                .thenApply(ListOffsetsResultInfo::offset);
    }

    /** Completes if all partitions can be used now. */
    CompletionStage<?> probe(Admin admin) {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, count)
                .mapToObj(this::carrier)
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().toCompletionStage();
    }
}
