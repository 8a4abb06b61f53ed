package dev.maru.cluster.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where Kafka is, and what the cluster is called there. Immutable.
 *
 * @param cluster the cluster's name, the same on all nodes, part of the names of topics and the consumer group: letters,
 *     digits, {@code .}, {@code _} and {@code -}, at most 200
 * @param client Kafka's own settings that all its clients have, at least {@code bootstrap.servers}; what Maru depends on
 *     is overridden
 */
public record KafkaSettings(String cluster, Map<String, Object> client) {
    /** How long the broker may be silent until it counts as gone, and how long a request may take. */
    static final int PATIENCE_MILLIS = 3000;

    /** The largest record: a parcel of one message of the largest size, and room for headers. */
    static final int RECORD_BYTES = 16 << 20;

    private static final int DELIVERY_MILLIS = 10_000;

    /** How long the broker holds back an answer when there is nothing new: as long as a new partition may wait. */
    private static final int FETCH_WAIT_MILLIS = 50;

    /** How long a member of the group may be silent until others take its share; brokers allow no less than 6 s. */
    private static final int SESSION_MILLIS = 10_000;

    private static final int TOGETHER = 64;
    private static final int BACKOFF_MILLIS = 1000;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

    public KafkaSettings {
        if (!NAME.matcher(cluster).matches()) {
            throw new IllegalArgumentException("no name for a cluster on Kafka: " + cluster);
        }
        client = Map.copyOf(client);
    }

    Map<String, Object> admin() {
        Map<String, Object> settings = common();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        return settings;
    }

    /** Never blocks: what cannot be taken at once is refused. Keeps the order. */
    Map<String, Object> producer() {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0L);
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, TimeUnit.DAYS.toMillis(365));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0L);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES);
        return settings;
    }

    /** Without a group: reads the partitions it is told to, from where it is told to. */
    Map<String, Object> consumer() {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        return settings;
    }

    /** Of the group that takes what applications publish. */
    Map<String, Object> member() {
        Map<String, Object> settings = consumer();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, cluster);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, TOGETHER);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, PATIENCE_MILLIS);
        // Joining a group takes as long as its other members need.
        settings.remove(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        settings.remove(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return settings;
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, BACKOFF_MILLIS);
        return settings;
    }
}
