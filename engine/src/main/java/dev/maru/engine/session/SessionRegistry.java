package dev.maru.engine.session;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions by who they act for: revokes them, renews them, and asks again whether they may have the
 * subscriptions that they have.
 *
 * <p>Safe for any thread; nothing here waits. What is revoked here also keeps those out whose connection is just being
 * opened; whoever connects later is a matter of the {@link Authenticator}.
 */
public final class SessionRegistry {
    private final int connectionsPerUser;
    private final Ticker ticker;
    private final Revocations revocations;
    private final Set<EngineSession> open = ConcurrentHashMap.newKeySet();
    private final Tally<String> transports = new Tally<>();
    private final Map<String, Set<EngineSession>> users = new ConcurrentHashMap<>();
    private final SessionNews news;
    private final Rechecks rechecks = new Rechecks(this::all);
    private final SharedConnections shared;

    /**
     * @param connectionsPerUser the most sessions at a time that one user, who is not anonymous, may have on all nodes
     * @param cluster the other nodes, which hear of what is revoked here and do the same, and are told how many sessions
     *     users have here
     */
    public SessionRegistry(int connectionsPerUser, Ticker ticker, Cluster cluster) {
        if (connectionsPerUser < 1) {
            throw new IllegalArgumentException("connectionsPerUser must be positive: " + connectionsPerUser);
        }
        this.connectionsPerUser = connectionsPerUser;
        this.ticker = ticker;
        this.revocations = new Revocations(ticker);
        this.news = new SessionNews(cluster);
        news.listen(this);
        cluster.onDoubt(rechecks::run);
        this.shared = new SharedConnections(cluster, ticker, this::connectionsOf);
    }

    /** How many sessions a user has on this node. */
    public int connectionsOf(String user) {
        return users.getOrDefault(user, Set.of()).size();
    }

    /**
     * Whether a user has as many sessions as one may have, over all nodes: those of other nodes as far as they have told,
     * which they do a moment later.
     */
    public boolean full(String user) {
        return connectionsOf(user) + shared.elsewhere(user) >= connectionsPerUser;
    }

    /** Closes every session of this user, on all nodes, with {@link CloseReason#SESSION_REVOKED}. */
    public void revokeUser(String user) {
        revokeUserHere(user);
        news.revokedUser(user);
    }

    void revokeUserHere(String user) {
        revocations.user(user);
        users.getOrDefault(user, Set.of()).forEach(session -> session.close(CloseReason.SESSION_REVOKED));
    }

    /** Closes every session that this credential opened, on all nodes, with {@link CloseReason#SESSION_REVOKED}. */
    public void revokeCredential(String id) {
        revokeCredentialHere(id);
        news.revokedCredential(id);
    }

    /**
     * Adds someone who says whether a session may stay: asked of every session when this node may have missed what another
     * one revoked. What fails is no answer.
     */
    public void onDoubt(Function<Session, CompletionStage<Boolean>> mayStay) {
        rechecks.add(mayStay);
    }

    void revokeCredentialHere(String id) {
        revocations.credential(id);
        users.values().stream()
                .flatMap(Set::stream)
                .filter(session -> openedBy(session, id))
                .forEach(session -> session.close(CloseReason.SESSION_REVOKED));
    }

    /**
     * Gives a session a new credential of the same user; its name and roles are the new ones' from now on. Completes
     * exceptionally with a {@link Refusal}, ANOTHER_USER or SESSION_REVOKED, and then changes nothing.
     */
    public CompletionStage<?> renew(Session session, SessionUser renewed) {
        SessionUser user = session.user();
        if (user == null || user.anonymous() || !user.name().equals(renewed.name())) {
            return refused(IdentityFault.ANOTHER_USER, "a session is renewed by the user that it has");
        }
        if (!(session instanceof EngineSession own) || !open.contains(own)) {
            throw new IllegalArgumentException("no open session of this engine: " + session.id());
        }
        if (revoked(own, renewed)) {
            return refused(IdentityFault.SESSION_REVOKED, "this has been revoked");
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        own.onLoop(() -> {
            own.renewed(renewed);
            done.complete(null);
        });
        return done;
    }

    /**
     * Asks the {@link Authorizer} again about every subscription of this user, and ends those that it refuses; their
     * clients are told with SUBSCRIPTION_ENDED. Nothing that is published after the stage completed reaches a
     * subscription that was refused; where the authorizer answers at once, nothing that is published after this call.
     * Other nodes do the same a moment later.
     */
    public CompletionStage<?> reauthorizeUser(String user) {
        news.changedUser(user);
        return reauthorizeUserHere(user);
    }

    CompletionStage<?> reauthorizeUserHere(String user) {
        return all(users.getOrDefault(user, Set.of()).stream().map(session -> session.reauthorize(null)));
    }

    /** As {@link #reauthorizeUser}, for everybody's subscriptions to this destination and to patterns. */
    public CompletionStage<?> reauthorizeDestination(String destination) {
        news.changedDestination(destination);
        return reauthorizeDestinationHere(destination);
    }

    CompletionStage<?> reauthorizeDestinationHere(String destination) {
        return all(open.stream().map(session -> session.reauthorize(destination)));
    }

    /** How many connections are open, by {@link Handshake#transport()}. */
    public Tally<String> transports() {
        return transports;
    }

    void opened(EngineSession session) {
        if (open.add(session)) {
            transports.add(session.handshake().transport(), 1);
        }
    }

    /** Takes the session in for its user; returns why not, or null. */
    @Nullable Refusal enter(EngineSession session, SessionUser user) {
        if (!user.anonymous() && !add(session, user.name())) {
            return new Refusal(
                    SessionFault.TOO_MANY_CONNECTIONS, "a user has at most " + connectionsPerUser + " connections");
        }
        if (revoked(session, user)) {
            remove(session, user.name());
            return new Refusal(IdentityFault.SESSION_REVOKED, "this has been revoked; log in again");
        }
        return null;
    }

    /** Whether this session's user, or what proved them, was revoked since the session was opened. */
    boolean revoked(EngineSession session, SessionUser user) {
        return revocations.include(user, session.openedAt());
    }

    void closed(EngineSession session) {
        if (open.remove(session)) {
            transports.add(session.handshake().transport(), -1);
        }
        SessionUser user = session.user();
        if (user != null) {
            remove(session, user.name());
        }
    }

    List<EngineSession> all() {
        return List.copyOf(open);
    }

    int size() {
        return open.size();
    }

    void closeAll(CloseReason reason) {
        open.forEach(session -> session.close(reason));
    }

    long now() {
        return ticker.nanoTime();
    }

    /** Tells other nodes nothing more. Idempotent. */
    void close() {
        shared.close();
    }

    private boolean add(EngineSession session, String user) {
        boolean[] added = new boolean[1];
        int elsewhere = shared.elsewhere(user);
        users.compute(user, (name, known) -> {
            Set<EngineSession> sessions = known == null ? ConcurrentHashMap.newKeySet() : known;
            added[0] = sessions.size() + elsewhere < connectionsPerUser && sessions.add(session);
            return sessions.isEmpty() ? null : sessions;
        });
        if (added[0]) {
            shared.changed(user);
        }
        return added[0];
    }

    private void remove(EngineSession session, String user) {
        boolean[] removed = new boolean[1];
        users.computeIfPresent(user, (name, sessions) -> {
            removed[0] = sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
        if (removed[0]) {
            shared.changed(user);
        }
    }

    private static boolean openedBy(EngineSession session, String id) {
        SessionUser user = session.user();
        return user != null
                && user.credential() != null
                && user.credential().id().equals(id);
    }

    private static CompletionStage<?> all(Stream<CompletableFuture<?>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
    }

    private static CompletionStage<?> refused(IdentityFault fault, String detail) {
        return CompletableFuture.failedStage(new Refusal(fault, detail));
    }
}
