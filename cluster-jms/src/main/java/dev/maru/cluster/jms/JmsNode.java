package dev.maru.cluster.jms;

import dev.maru.engine.cluster.ClusterReceiver;
import dev.maru.engine.cluster.ReconnectingClusterBroker;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's life at the broker between connecting and the loss of the connection. It has a session with one consumer for
 * each topic that it listens to: brokers confirm a consumer, and a session that delivers must not be used for more.
 *
 * <p>{@link #listen} and {@link #ignore} are called in turn, under the broker's lock; the rest is safe for any thread.
 * Parcels arrive on the client's threads, those of one topic in turn.
 */
final class JmsNode implements ReconnectingClusterBroker.Session {
    private static final Logger log = LoggerFactory.getLogger(JmsNode.class);

    private final JmsLink link;
    private final ParcelTopics topics;
    private final ClusterReceiver receiver;
    private final Consumer<Throwable> lost;
    private final AtomicIntegerArray listened;
    private final Map<Integer, Hearing> hearings = new HashMap<>();

    /** A topic that is listened to. */
    private static final class Hearing {
        private final CompletableFuture<Void> ready = new CompletableFuture<>();
        private int partitions;
        private volatile @Nullable Session session;
    }

    JmsNode(JmsLink link, ParcelTopics topics, ClusterReceiver receiver, Consumer<Throwable> lost) {
        this.link = link;
        this.topics = topics;
        this.receiver = receiver;
        this.lost = lost;
        listened = new AtomicIntegerArray(topics.partitions());
    }

    @Override
    public CompletionStage<Void> listen(int partition) {
        Hearing hearing = hearings.computeIfAbsent(topics.carrierOf(partition), this::begin);
        if (listened.getAndSet(partition, 1) == 0) {
            hearing.partitions++;
        }
        return hearing.ready;
    }

    @Override
    public void ignore(int partition) {
        int carrier = topics.carrierOf(partition);
        Hearing hearing = hearings.get(carrier);
        if (hearing == null || listened.getAndSet(partition, 0) == 0) {
            return;
        }
        hearing.partitions--;
        if (hearing.partitions == 0) {
            hearings.remove(carrier);
            link.worker().run(() -> end(hearing));
        }
    }

    private Hearing begin(int carrier) {
        Hearing begun = new Hearing();
        link.worker().run(() -> open(begun, topics.name(carrier)));
        return begun;
    }

    private void open(Hearing hearing, String topic) throws JMSException {
        try {
            Session session = link.session(Session.DUPS_OK_ACKNOWLEDGE);
            hearing.session = session;
            session.createConsumer(session.createTopic(topic)).setMessageListener(this::onMessage);
        } catch (JMSException | RuntimeException e) {
            lost.accept(e);
            throw e;
        } finally {
            hearing.ready.complete(null);
        }
    }

    private static void end(Hearing hearing) throws JMSException {
        Session session = hearing.session;
        if (session != null) {
            session.close();
        }
    }

    private void onMessage(Message message) {
        try {
            int partition = topics.partition(message);
            if (partition >= 0 && listened.get(partition) == 1) {
                receiver.onParcel(partition, ParcelTopics.bytes((BytesMessage) message));
            }
        } catch (JMSException | RuntimeException e) {
            log.warn("a message on a topic of the nodes cannot be read", e);
        }
    }

    @Override
    public CompletionStage<Void> publish(int partition, byte[] parcel) {
        String topic = topics.name(topics.carrierOf(partition));
        return link.sender()
                .send(
                        producers ->
                                producers.toTopic(topic, ParcelTopics.pack(producers.session(), partition, parcel)),
                        parcel.length);
    }

    @Override
    public void close() {
        link.close();
        hearings.values().forEach(hearing -> hearing.ready.complete(null));
    }
}
