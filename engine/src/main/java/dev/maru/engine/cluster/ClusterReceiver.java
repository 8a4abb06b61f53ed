package dev.maru.engine.cluster;

/** Is told what a {@link ClusterBroker} brings. Safe for any thread; returns quickly and does not throw. */
public interface ClusterReceiver {

    /**
     * A parcel of a partition that this node listens to. Those that one node published to one partition come one after
     * the other, in their order. A node's own may come, too, and any may come repeatedly.
     *
     * @param parcel the receiver's own from now on
     */
    void onParcel(int partition, byte[] parcel);

    /**
     * The broker is there, for the first time or again, and all partitions that this node listens to are listened to:
     * what is published from now on arrives, what was published before may have been missed.
     */
    void onConnected();

    /** The broker is gone. Told once for each {@link #onConnected}, unless the broker was closed by this node. */
    void onDisconnected(Throwable cause);
}
