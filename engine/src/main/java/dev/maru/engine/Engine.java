package dev.maru.engine;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.cluster.ClusterNews;
import dev.maru.engine.destination.DestinationKind;
import dev.maru.engine.destination.Destinations;
import dev.maru.engine.destination.OverflowPolicy;
import dev.maru.engine.destination.SnapshotSource;
import dev.maru.engine.dispatch.QueueSettings;
import dev.maru.engine.dispatch.Queues;
import dev.maru.engine.fanout.FanOut;
import dev.maru.engine.fanout.OverflowLimits;
import dev.maru.engine.fanout.Traffic;
import dev.maru.engine.fault.Fault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.LogEntry;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoreTransactions;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.queue.QueueStore;
import dev.maru.engine.session.ApplicationHandler;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.Authorizer;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.DrainPlan;
import dev.maru.engine.session.FrameInterceptor;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.ReceiptScope;
import dev.maru.engine.session.SessionContext;
import dev.maru.engine.session.SessionLimits;
import dev.maru.engine.session.SessionListener;
import dev.maru.engine.session.SessionRegistry;
import dev.maru.engine.session.Sessions;
import dev.maru.engine.session.SlowConsumers;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.session.Tally;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Sessions on one side, destinations on the other, and every message's way between them.
 *
 * <p>Safe for any thread.
 */
public final class Engine implements AutoCloseable {
    private final Cluster cluster;
    private final List<BiConsumer<String, MessageContent>> publicationListeners;
    private final FanOut fanOut;
    private final SlowConsumers slowConsumers;
    private final Tally<Fault> refusals = new Tally<>();
    private final Destinations destinations;
    private final SessionRegistry registry;
    private final Queues queues;
    private final Sessions sessions;

    private Engine(Builder builder) {
        this.destinations = builder.destinations;
        this.cluster = builder.cluster;
        this.publicationListeners = List.copyOf(builder.publicationListeners);
        this.fanOut = new FanOut(destinations::overflowOf, cluster);
        this.slowConsumers = new SlowConsumers(builder.ticker);
        this.queues = new Queues(builder.queueSettings, builder.queueStores);
        this.registry = new SessionRegistry(builder.connectionsPerUser, builder.ticker, cluster);
        SessionContext context = new SessionContext(
                fanOut,
                destinations,
                queues,
                builder.stores,
                this::store,
                builder.application,
                List.copyOf(builder.applicationPrefixes),
                List.copyOf(builder.interceptedPrefixes),
                builder.interceptor,
                builder.authenticator,
                builder.authorizer,
                List.copyOf(builder.listeners),
                builder.limits,
                builder.overflowLimits,
                slowConsumers,
                refusals,
                builder.ticker);
        this.sessions = new Sessions(context, registry);
        builder.logs.forEach(log -> log.onStored(this::stored));
        cluster.start(new OtherNodes(fanOut));
    }

    /** A builder without history and without an application; everybody may do everything. */
    public static Builder builder() {
        return new Builder();
    }

    /** Opens the session of a new connection. Called on the connection's event loop. */
    public StompSession open(Connection connection, Handshake handshake) {
        return sessions.open(connection, handshake);
    }

    /** The open sessions by who they act for. */
    public SessionRegistry registry() {
        return registry;
    }

    /**
     * Asks the logs where everything stands that somebody is subscribed to, and delivers what was stored without being
     * told: for a store that may have kept what it said it had not.
     */
    public void compareHeads() {
        fanOut.compareHeads();
    }

    /** What has passed through, and what is in it now. Summed up over the event loops, so not for every message. */
    public Traffic traffic() {
        return fanOut.traffic();
    }

    /** How often sessions were told of each fault. */
    public Tally<Fault> refusals() {
        return refusals;
    }

    /** What happened to clients that read too slowly. */
    public SlowConsumers slowConsumers() {
        return slowConsumers;
    }

    /** How many sessions are open. */
    public int sessions() {
        return sessions.size();
    }

    /**
     * Publishes to a broker destination. On a destination with history the message is appended to its log; the stage
     * completes when it is stored, with its position, and a {@link ReceiptScope} that is current joins it. Elsewhere it
     * is handed to the subscribers at once, and there is no position. Messages that one thread publishes to one
     * destination reach everybody in the order of the calls. In a queue the message waits for its consumer; the stage
     * completes when it is stored, without a position.
     */
    public CompletionStage<Optional<StreamPosition>> publish(String destination, MessageContent content) {
        return publish(destination, "", content);
    }

    /** Publishes for an author: a {@code clientMessageId} among the headers is unique for each author. */
    public CompletionStage<Optional<StreamPosition>> publish(
            String destination, String author, MessageContent content) {
        CompletionStage<Optional<StreamPosition>> held = ReceiptScope.holdInCurrent(destination, author, content);
        if (held != null) {
            return held;
        }
        return ReceiptScope.joinCurrent(store(destination, author, content)).thenApply(Optional::ofNullable);
    }

    /**
     * Hands a message to those who are subscribed now, and keeps it nowhere, not even on a destination with history;
     * consumers of queues get nothing. Messages that one thread broadcasts or publishes to one destination reach everybody
     * in the order of the calls: where there is a history, this one goes out behind what waits to be stored.
     */
    public void broadcast(String destination, MessageContent content) {
        inTurn(destination, canonical -> handOver(canonical, content));
    }

    /**
     * As {@link #broadcast}, but to those only who are subscribed on this node: for what every node knows and tells by
     * itself.
     *
     * @param published whether it counts as published on this node, which is true on one of them, so that
     *     {@link Builder#onPublished} is told once
     */
    public void broadcastHere(String destination, MessageContent content, boolean published) {
        inTurn(destination, canonical -> {
            fanOut.broadcast(canonical, content);
            if (published) {
                published(canonical, content);
            }
        });
    }

    /**
     * Stops taking sessions and sends those that are open away: each answers what it has received, reads nothing more,
     * and is closed with {@code SERVER_SHUTDOWN} and a hint when to come back. What consumers of queues have not
     * acknowledged goes back without counting as an attempt. Waits until all have gone or the plan's time is over, so it
     * must not be called on an event loop. To be called once.
     */
    public void drain(DrainPlan plan) {
        queues.close();
        sessions.drain(plan);
    }

    /** Stops taking sessions and closes those that are open with {@code SERVER_SHUTDOWN}. Idempotent. */
    @Override
    public void close() {
        queues.close();
        sessions.close();
    }

    /** What happens on other nodes, for those who are connected here. */
    private record OtherNodes(FanOut fanOut) implements ClusterNews {
        @Override
        public void onStored(StoredMessage message) {
            fanOut.deliver(message);
        }

        @Override
        public void onBroadcast(String destination, MessageContent content) {
            fanOut.broadcast(destination, content);
        }

        @Override
        public void onHead(String destination, StreamPosition head) {
            fanOut.expect(destination, head);
        }

        @Override
        public void onDoubt() {
            fanOut.compareHeads();
        }
    }

    private CompletionStage<StreamPosition> store(String destination, String author, MessageContent content) {
        DestinationKind kind = destinations.resolve(destination);
        if (kind.queue() != null) {
            return put(kind, kind.queue(), content);
        }
        MessageLog log = kind.log();
        if (log == null) {
            handOver(kind.canonical(), content);
            return CompletableFuture.completedStage(null);
        }
        return log.append(new LogEntry(kind.canonical(), author, null, content));
    }

    private void stored(StoredMessage message) {
        fanOut.deliver(message);
        cluster.stored(message);
        published(message.destination(), message.content());
    }

    private void published(String destination, MessageContent content) {
        for (BiConsumer<String, MessageContent> listener : publicationListeners) {
            listener.accept(destination, content);
        }
    }

    private void inTurn(String destination, Consumer<String> broadcast) {
        DestinationKind kind = destinations.resolve(destination);
        MessageLog log = kind.log();
        if (log == null) {
            broadcast.accept(kind.canonical());
        } else {
            log.inTurn(kind.canonical(), () -> broadcast.accept(kind.canonical()));
        }
    }

    private void handOver(String canonicalDestination, MessageContent content) {
        fanOut.broadcast(canonicalDestination, content);
        cluster.broadcast(canonicalDestination, content);
        published(canonicalDestination, content);
    }

    private static CompletionStage<StreamPosition> put(DestinationKind kind, QueueStore queue, MessageContent content) {
        try {
            return queue.apply(List.of(kind.put(content))).thenApply(_ -> null);
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    /**
     * What an engine is made of. Patterns of destinations are Ant patterns: {@code *} within a segment, {@code **} for
     * any number of segments, {@code {name}} for one segment.
     *
     * <p>Confined to one thread.
     */
    public static final class Builder {
        private static final int CONNECTIONS_PER_USER = 50;
        private static final CompletionStage<Void> YES = CompletableFuture.completedStage(null);

        private final Destinations destinations = new Destinations();
        private final Set<MessageLog> logs = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<QueueStore> queueStores = Collections.newSetFromMap(new IdentityHashMap<>());
        private final List<String> applicationPrefixes = new ArrayList<>();
        private final List<String> interceptedPrefixes = new ArrayList<>();
        private final List<SessionListener> listeners = new ArrayList<>();
        private ApplicationHandler application = frame -> CompletableFuture.failedStage(
                new Refusal(SessionFault.NOT_SUPPORTED, "there is no application behind " + frame.destination()));
        private Authenticator authenticator = Authenticator.OF_HANDSHAKE;
        private Authorizer authorizer = (session, command, destination, headers) -> YES;
        private FrameInterceptor interceptor = FrameInterceptor.NONE;
        private SessionLimits limits = SessionLimits.DEFAULT;
        private OverflowLimits overflowLimits = OverflowLimits.DEFAULT;
        private final List<BiConsumer<String, MessageContent>> publicationListeners = new ArrayList<>();
        private Cluster cluster = Cluster.alone();
        private int connectionsPerUser = CONNECTIONS_PER_USER;
        private QueueSettings queueSettings = QueueSettings.DEFAULT;
        private StoreTransactions stores = StoreTransactions.NONE;
        private Ticker ticker = Ticker.systemTicker();

        private Builder() {}

        /** SEND frames to destinations that start with one of these prefixes go to the handler. */
        public Builder application(ApplicationHandler handler, String... prefixes) {
            application = handler;
            applicationPrefixes.addAll(List.of(prefixes));
            return this;
        }

        /**
         * SEND frames to broker destinations that start with one of these prefixes go to the application's handler, too:
         * they are published if it publishes them. In a transaction that is before anything of it is done.
         */
        public Builder intercepted(List<String> prefixes) {
            interceptedPrefixes.addAll(prefixes);
            return this;
        }

        /** Who sees the frames that have no destination before they take effect; by default nobody. */
        public Builder interceptor(FrameInterceptor interceptor) {
            this.interceptor = interceptor;
            return this;
        }

        /** Destinations that match the pattern have this history. */
        public Builder recoverable(String pattern, MessageLog log) {
            destinations.recoverable(pattern, log);
            logs.add(log);
            return this;
        }

        /**
         * Destinations that match the pattern are queues: a message waits in this store until one of the subscribers
         * has acknowledged it. All queues of an engine are in one store, so that dead letters are in it, too.
         *
         * @throws IllegalArgumentException if others are in another store
         */
        public Builder queue(String pattern, QueueStore store) {
            queueStores.add(store);
            if (queueStores.size() > 1) {
                throw new IllegalArgumentException("queues in two stores: " + queueStores);
            }
            destinations.queue(pattern, store);
            return this;
        }

        /** How often messages of queues are tried, and where they go then. */
        public Builder queueSettings(QueueSettings settings) {
            queueSettings = settings;
            return this;
        }

        /** What makes the writes of one STOMP transaction one; by default each is on its own. */
        public Builder storeTransactions(StoreTransactions transactions) {
            stores = transactions;
            return this;
        }

        /** Each new subscription to a destination that matches the pattern gets a snapshot first. */
        public Builder snapshot(String pattern, SnapshotSource source) {
            destinations.snapshot(pattern, source);
            return this;
        }

        /**
         * What becomes of the messages of destinations that match for a subscriber that takes no more, where they are not
         * recoverable; the pattern declared first counts. A user's own destinations are {@code /user/{name}/…} here.
         * Without one, the subscriber is disconnected, and where there is a snapshot gets a fresh one when it can.
         */
        public Builder overflow(String pattern, OverflowPolicy policy) {
            destinations.overflow(pattern, policy);
            return this;
        }

        /** What may wait for each client that takes no more, where the policy lets messages wait. */
        public Builder overflowLimits(OverflowLimits limits) {
            overflowLimits = limits;
            return this;
        }

        /**
         * The first destination is another name of the second; MESSAGE frames carry the name that was subscribed to.
         */
        public Builder alias(String name, String destination) {
            destinations.alias(name, destination);
            return this;
        }

        /** Who says who a client is; by default the handshake, and otherwise the session is its own user. */
        public Builder authenticator(Authenticator authenticator) {
            this.authenticator = authenticator;
            return this;
        }

        /** Who says what a session may do; by default it may do everything. */
        public Builder authorizer(Authorizer authorizer) {
            this.authorizer = authorizer;
            return this;
        }

        /** Adds someone who is told of the life of sessions. */
        public Builder listener(SessionListener listener) {
            listeners.add(listener);
            return this;
        }

        /** What bounds each session. */
        public Builder limits(SessionLimits limits) {
            this.limits = limits;
            return this;
        }

        /**
         * The other nodes that this engine is one with; by default there are none. Histories must then be in a store
         * that all nodes share. Started by the engine, closed by whoever made it.
         */
        public Builder cluster(Cluster cluster) {
            this.cluster = cluster;
            return this;
        }

        /**
         * Adds someone who is told of what is published on this node, but for queues: what is stored, when it is, in the
         * order of its destination, and what is kept nowhere. Called on the publisher's or the log's thread; returns
         * quickly and does not throw.
         */
        public Builder onPublished(BiConsumer<String, MessageContent> listener) {
            publicationListeners.add(listener);
            return this;
        }

        /** The most connections at a time that one user, who is not anonymous, may have on all nodes; by default 50. */
        public Builder connectionsPerUser(int most) {
            this.connectionsPerUser = most;
            return this;
        }

        /** Where the time comes from; by default the system. */
        public Builder ticker(Ticker ticker) {
            this.ticker = ticker;
            return this;
        }

        public Engine build() {
            return new Engine(this);
        }
    }
}
