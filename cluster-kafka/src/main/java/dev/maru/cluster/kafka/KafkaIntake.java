package dev.maru.cluster.kafka;

import dev.maru.engine.cluster.OutsideHandover;
import dev.maru.engine.cluster.OutsideMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from a topic as a member of a consumer group, and commits what it took when it is stored. While the store is gone
 * it goes on asking Kafka for nothing, since Kafka takes who is silent for dead.
 *
 * <p>Confined to one thread.
 */
final class KafkaIntake implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(KafkaIntake.class);
    private static final Duration TURN = Duration.ofMillis(250);

    private final Consumer<byte[], byte[]> consumer;
    private final OutsideHandover handover;
    private boolean handingOver;
    private boolean revoked;

    KafkaIntake(Consumer<byte[], byte[]> consumer, OutsideHandover handover) {
        this.consumer = consumer;
        this.handover = handover;
    }

    /**
     * Takes until closing begins.
     *
     * @throws KafkaException if another consumer has to go on from what was committed
     */
    void run(String topic, Closing closing) {
        consumer.subscribe(List.of(topic), this);
        while (!closing.isBegun()) {
            List<OutsideMessage> messages = new ArrayList<>();
            int taken = 0;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TURN)) {
                OutsideRecords.read(record).ifPresentOrElse(messages::add, () -> complain(record));
                taken++;
            }
            if (taken > 0 && isHandedOver(messages, closing)) {
                consumer.commitSync();
            }
        }
    }

    private static void complain(ConsumerRecord<byte[], byte[]> record) {
        log.warn(
                "record {} of {}-{} names no destination, or has no value",
                record.offset(),
                record.topic(),
                record.partition());
    }

    private boolean isHandedOver(List<OutsideMessage> messages, Closing closing) {
        handingOver = true;
        revoked = false;
        List<OutsideMessage> left = handover.attempt(messages);
        while (!left.isEmpty() && !closing.isBegun()) {
            stayAlive();
            left = handover.attempt(left);
        }
        handingOver = false;
        consumer.resume(consumer.paused());
        return left.isEmpty();
    }

    private void stayAlive() {
        consumer.pause(consumer.assignment());
        consumer.poll(Duration.ofSeconds(1));
        if (revoked) {
            throw new KafkaException("other nodes take what could not be stored");
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (handingOver) {
            consumer.pause(partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        revoked |= !partitions.isEmpty();
    }
}
