package dev.maru.cluster.jms;

/** Where applications get what is published to destinations. Immutable. */
public enum JmsOutlet {
    /** The topic {@code <cluster>.out}: whoever listens at that time gets a copy; not persistent. */
    TOPIC(true, false),

    /** The queue {@code <cluster>.out.queue}: one consumer gets each message, which waits until then; persistent. */
    QUEUE(false, true),

    /** Both. */
    BOTH(true, true);

    private final boolean topic;
    private final boolean queue;

    JmsOutlet(boolean topic, boolean queue) {
        this.topic = topic;
        this.queue = queue;
    }

    boolean hasTopic() {
        return topic;
    }

    boolean hasQueue() {
        return queue;
    }
}
