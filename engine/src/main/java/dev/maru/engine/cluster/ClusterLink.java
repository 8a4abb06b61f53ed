package dev.maru.engine.cluster;

import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.message.MessageContent;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one node to the others.
 *
 * <p>Safe for any thread. Packing, the heads of each second and what follows from doubt run on a thread of its own, one
 * after the other; what the broker brings is told on the broker's.
 */
final class ClusterLink implements ClusterReceiver {
    private static final Logger log = LoggerFactory.getLogger(ClusterLink.class);
    private static final long BEAT_MILLIS = 1000;
    private static final long GOODBYE_MILLIS = 2000;
    private static final long UNTAKEN_FOR_A_LINE = 1000;

    private final long id;
    private final ClusterBroker broker;
    private final ClusterSettings settings;
    private final Consumer<Parcel.Announcement> announced;
    private final Runnable doubted;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("maru-cluster").factory());
    private final Outbox outbox;
    private final ListenedPartitions listened;
    private final ChangedHeads changed = new ChangedHeads();
    private final KnownNodes others;
    private final AtomicBoolean doubting = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong untaken = new AtomicLong();
    private long droppedBefore;
    private volatile @Nullable ClusterNews news;

    ClusterLink(
            long id,
            ClusterBroker broker,
            ClusterSettings settings,
            Consumer<Parcel.Announcement> announced,
            Runnable doubted) {
        this.id = id;
        this.broker = broker;
        this.settings = settings;
        this.announced = announced;
        this.doubted = doubted;
        this.outbox = new Outbox(broker, id, settings.unsentBytes(), this::execute);
        this.listened = new ListenedPartitions(broker, settings.partitions(), this::doubt);
        this.others = new KnownNodes(settings.silence().toNanos());
    }

    void start(ClusterNews listener) {
        news = listener;
        broker.start(settings.partitions() + 1, this);
        var _ = broker.listen(control());
        every(BEAT_MILLIS, this::beat);
        every(settings.compareEvery().toMillis(), listener::onDoubt);
    }

    boolean isConnected() {
        return broker.isConnected();
    }

    int others() {
        return others.size();
    }

    long untold() {
        return outbox.dropped();
    }

    void announce(String kind, byte[] payload) {
        outbox.add(control(), new Parcel.Announcement(kind, payload));
    }

    CompletionStage<?> listen(String destination) {
        return listened.use(partition(destination));
    }

    void ignore(String destination) {
        listened.release(partition(destination));
    }

    CompletionStage<?> listenToAll() {
        return listened.useAll();
    }

    void ignoreAll() {
        listened.releaseAll();
    }

    void stored(StoredMessage message) {
        changed.note(message.destination(), message.position());
        outbox.add(partition(message.destination()), new Parcel.Stored(message));
    }

    void broadcast(String destination, MessageContent content) {
        outbox.add(partition(destination), new Parcel.Broadcast(destination, content));
    }

    @Override
    public void onParcel(int partition, byte[] bytes) {
        try {
            Parcel parcel = Parcel.read(bytes);
            if (parcel.sender() != id) {
                parcel.items().forEach(item -> take(parcel.sender(), item));
            }
        } catch (RuntimeException e) {
            // Another version may send nothing else.
            if (untaken.getAndIncrement() % UNTAKEN_FOR_A_LINE == 0) {
                log.warn("A parcel of {} bytes in partition {} cannot be taken", bytes.length, partition, e);
            }
        }
    }

    @Override
    public void onConnected() {
        log.info("Connected to the other nodes' broker");
        doubt();
    }

    @Override
    public void onDisconnected(Throwable cause) {
        log.warn("The broker between the nodes is gone; who is connected here goes on: {}", String.valueOf(cause));
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            tellHeads();
            outbox.add(control(), Parcel.Sign.LEAVING);
            thread.shutdown();
            awaitEnd();
            broker.close();
        }
    }

    private void awaitEnd() {
        try {
            if (!thread.awaitTermination(GOODBYE_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(long sender, Parcel.Item item) {
        ClusterNews told = news;
        if (told == null) {
            return;
        }
        switch (item) {
            case Parcel.Stored stored -> told.onStored(stored.message());
            case Parcel.Broadcast broadcast -> told.onBroadcast(broadcast.destination(), broadcast.content());
            case Parcel.Head head -> told.onHead(head.destination(), head.position());
            case Parcel.Announcement announcement -> announced.accept(announcement);
            case Parcel.Sign sign -> take(sender, sign);
        }
    }

    private void take(long sender, Parcel.Sign sign) {
        switch (sign) {
            case ALIVE -> others.heard(sender, System.nanoTime());
            case DOUBT -> doubt();
            case LEAVING -> {
                if (others.left(sender)) {
                    doubt();
                }
            }
        }
    }

    private void beat() {
        listened.ignoreUnused();
        if (others.anyLost(System.nanoTime())) {
            log.warn("A node of the cluster has gone silent");
            doubt();
        }
        if (broker.isConnected()) {
            outbox.add(control(), Parcel.Sign.ALIVE);
            tellHeads();
            tellDoubt();
        }
    }

    /** What was dropped may have been an announcement. */
    private void tellDoubt() {
        long dropped = outbox.dropped();
        if (dropped != droppedBefore) {
            droppedBefore = dropped;
            outbox.add(control(), Parcel.Sign.DOUBT);
        }
    }

    /** To all nodes in one parcel, because at most brokers the number of parcels costs more than their length. */
    private void tellHeads() {
        ChangedHeads.Taken taken = changed.take();
        taken.heads().forEach((destination, position) -> outbox.add(control(), new Parcel.Head(destination, position)));
        if (!taken.complete()) {
            outbox.add(control(), Parcel.Sign.DOUBT);
        }
    }

    /** Compares soon, once for all who ask until then. */
    private void doubt() {
        if (doubting.compareAndSet(false, true)) {
            execute(() -> {
                doubting.set(false);
                ClusterNews told = news;
                if (told != null) {
                    told.onDoubt();
                }
                doubted.run();
            });
        }
    }

    private void every(long millis, Runnable task) {
        var _ = thread.scheduleAtFixedRate(() -> logged(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    private void execute(Runnable task) {
        try {
            thread.execute(() -> logged(task));
        } catch (RejectedExecutionException e) {
            log.debug("The node has left the cluster", e);
        }
    }

    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("A task of the cluster failed", e);
        }
    }

    private int control() {
        return settings.partitions();
    }

    private int partition(String destination) {
        int hash = destination.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), settings.partitions());
    }
}
