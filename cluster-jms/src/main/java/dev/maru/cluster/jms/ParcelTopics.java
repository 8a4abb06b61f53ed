package dev.maru.cluster.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;

/**
 * The topics that carry a cluster's parcels: {@code maru.<cluster>.parcels.<n>} with n from 0 to 15, and one of the last
 * partition's own, to which all nodes listen. Maru's partition is a property of the message. Immutable.
 */
record ParcelTopics(String cluster, int partitions) {
    private static final int TOPICS = 16;
    private static final String PARTITION = "maruPartition";

    /** Which topic carries the partition. */
    int carrierOf(int partition) {
        return partition == partitions - 1 ? TOPICS : partition % TOPICS;
    }

    String name(int carrier) {
        return "maru." + cluster + ".parcels." + (carrier == TOPICS ? "control" : String.valueOf(carrier));
    }

    static Message pack(Session session, int partition, byte[] parcel) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.setIntProperty(PARTITION, partition);
        message.writeBytes(parcel);
        return message;
    }

    /** Maru's partition, or -1 if no node wrote this. */
    int partition(Message message) throws JMSException {
        if (!(message instanceof BytesMessage) || !message.propertyExists(PARTITION)) {
            return -1;
        }
        int partition = message.getIntProperty(PARTITION);
        return partition >= 0 && partition < partitions ? partition : -1;
    }

    static byte[] bytes(BytesMessage message) throws JMSException {
        byte[] bytes = new byte[Math.toIntExact(message.getBodyLength())];
        message.readBytes(bytes);
        return bytes;
    }
}
