package dev.maru.cluster.jms;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.HashMap;
import java.util.Map;

/**
 * What a transacted session sends with: a producer for each topic and queue that it was used for, of which there are few.
 *
 * <p>Confined to the session's thread.
 */
final class JmsProducers {
    private final Session session;
    private final Map<String, MessageProducer> topics = new HashMap<>();
    private final Map<String, MessageProducer> queues = new HashMap<>();
    private final MessageProducer nobody;

    JmsProducers(Session session) throws JMSException {
        this.session = session;
        nobody = producer(session.createTemporaryTopic(), DeliveryMode.NON_PERSISTENT);
    }

    Session session() {
        return session;
    }

    /** To those who listen now. */
    void toTopic(String name, Message message) throws JMSException {
        MessageProducer producer = topics.get(name);
        if (producer == null) {
            producer = producer(session.createTopic(name), DeliveryMode.NON_PERSISTENT);
            topics.put(name, producer);
        }
        producer.send(message);
    }

    /** To one who takes it, whenever that is. */
    void toQueue(String name, Message message) throws JMSException {
        MessageProducer producer = queues.get(name);
        if (producer == null) {
            producer = producer(session.createQueue(name), DeliveryMode.PERSISTENT);
            queues.put(name, producer);
        }
        producer.send(message);
    }

    void ping() throws JMSException {
        nobody.send(session.createMessage());
    }

    void commit() throws JMSException {
        session.commit();
    }

    private MessageProducer producer(Destination destination, int mode) throws JMSException {
        MessageProducer made = session.createProducer(destination);
        made.setDeliveryMode(mode);
        made.setDisableMessageTimestamp(mode == DeliveryMode.NON_PERSISTENT);
        return made;
    }
}
