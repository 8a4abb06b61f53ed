package dev.maru.engine.cluster;

import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.message.MessageContent;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * This node among the others: tells them what happens here, and tells here what happens there.
 *
 * <p>Safe for any thread; nothing here waits but {@link #close()}.
 *
 * <p>The store is the truth, the broker only the messenger. What is stored here is sent to the others at once, and a
 * second later how far its destination has come, so that they notice what did not reach them and read it from the store.
 * When the broker was gone, when a node went silent, and every now and then in any case, a node compares the heads of all
 * that is subscribed to here with the store. What is kept nowhere may be lost while the broker is gone.
 */
public final class Cluster implements AutoCloseable {
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final long id = new SecureRandom().nextLong();
    private final Map<String, List<Consumer<byte[]>>> listeners = new ConcurrentHashMap<>();
    private final List<Runnable> doubters = new CopyOnWriteArrayList<>();
    private final @Nullable ClusterLink link;

    private Cluster(@Nullable ClusterBroker broker, ClusterSettings settings) {
        this.link = broker == null ? null : new ClusterLink(id, broker, settings, this::announced, this::doubt);
    }

    /** A node that is the only one: tells nobody, and hears nothing. */
    public static Cluster alone() {
        return new Cluster(null, ClusterSettings.DEFAULT);
    }

    /** A node that meets others through this broker, which it starts and closes. */
    public static Cluster of(ClusterBroker broker, ClusterSettings settings) {
        return new Cluster(broker, settings);
    }

    /** What tells this node from all others, and from its own earlier lives. */
    public String nodeId() {
        return Long.toHexString(id);
    }

    /** Whether there can be no other nodes. */
    public boolean isAlone() {
        return link == null;
    }

    /** Whether other nodes can be told of things now; true for a node that is alone. */
    public boolean isConnected() {
        return link == null || link.isConnected();
    }

    /** How many other nodes were heard of lately. */
    public int others() {
        return link == null ? 0 : link.others();
    }

    /** How many things the others were not told, since the broker was gone or too slow. */
    public long untold() {
        return link == null ? 0 : link.untold();
    }

    /** Begins to listen. Called once, by the engine. */
    public void start(ClusterNews news) {
        if (link != null) {
            link.start(news);
        }
    }

    /**
     * Tells every other node; best effort, those of one node in the order of its calls. What must not be missed is in the
     * store, and {@link #onDoubt} says when to look.
     *
     * @param kind names what is told, and how the payload is to be read
     */
    public void announce(String kind, byte[] payload) {
        if (link != null) {
            link.announce(kind, payload);
        }
    }

    /**
     * Adds someone who is told what other nodes announce of this kind; on a thread of the broker's client, so it returns
     * quickly, and it does not throw.
     */
    public void onAnnounced(String kind, Consumer<byte[]> listener) {
        listeners.computeIfAbsent(kind, name -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /**
     * Adds someone who is told that announcements may have been missed: whatever is remembered because of them is to be
     * read again or forgotten. Returns quickly and does not throw.
     */
    public void onDoubt(Runnable listener) {
        doubters.add(listener);
    }

    /** Somebody here subscribes to the destination. The stage completes when what others publish there arrives. */
    public CompletionStage<?> listen(String destination) {
        return link == null ? DONE : link.listen(destination);
    }

    /** Nobody here is subscribed to the destination any more. */
    public void ignore(String destination) {
        if (link != null) {
            link.ignore(destination);
        }
    }

    /** Somebody here subscribes to a pattern, so to any destination. */
    public CompletionStage<?> listenToAll() {
        return link == null ? DONE : link.listenToAll();
    }

    /** One fewer is subscribed to patterns. */
    public void ignoreAll() {
        if (link != null) {
            link.ignoreAll();
        }
    }

    /** A message was stored on this node. */
    public void stored(StoredMessage message) {
        if (link != null) {
            link.stored(message);
        }
    }

    /** A message that is kept nowhere was published on this node. */
    public void broadcast(String destination, MessageContent content) {
        if (link != null) {
            link.broadcast(destination, content);
        }
    }

    /** Says goodbye to the other nodes. Idempotent. */
    @Override
    public void close() {
        if (link != null) {
            link.close();
        }
    }

    private void announced(Parcel.Announcement announcement) {
        listeners
                .getOrDefault(announcement.kind(), List.of())
                .forEach(listener -> listener.accept(announcement.payload()));
    }

    private void doubt() {
        doubters.forEach(Runnable::run);
    }
}
