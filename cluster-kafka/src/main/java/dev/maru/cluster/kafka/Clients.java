package dev.maru.cluster.kafka;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * The clients that a node's connection to Kafka consists of.
 *
 * <p>Made and closed by one thread, to which the consumer is confined; the others are safe for any.
 */
record Clients(Admin admin, Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer)
        implements AutoCloseable {

    /** @throws KafkaException if no address can be resolved, or a setting is wrong */
    static Clients open(KafkaSettings settings) {
        Admin admin = Admin.create(settings.admin());
        try {
            return open(settings, admin);
        } catch (KafkaException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private static Clients open(KafkaSettings settings, Admin admin) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(settings.producer());
        try {
            return new Clients(admin, producer, new KafkaConsumer<>(settings.consumer()));
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** Fails what was not sent yet. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        admin.close(Duration.ZERO);
    }
}
