package dev.maru.engine.session;

import dev.maru.engine.destination.DestinationKind;
import dev.maru.engine.destination.UserDestination;
import dev.maru.engine.fanout.Settlement;
import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fanout.SubscriptionTerms;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.message.MessageContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one session by their ids.
 *
 * <p>Confined to its session's event loop.
 */
final class SessionSubscriptions {
    private static final String ERRORS = "/user/queue/errors";

    private final EngineSession session;
    private final SessionContext context;
    private final Map<String, Subscription> byId = new LinkedHashMap<>(4);
    private final WindowBudget windows;

    SessionSubscriptions(EngineSession session, SessionContext context) {
        this.session = session;
        this.context = context;
        this.windows = new WindowBudget(context.limits().unacknowledgedMessages());
    }

    /**
     * Makes a subscription that is not started yet.
     *
     * @throws Refusal if the session has too many, or has this id already, or the destination is no pattern
     */
    Subscription add(SubscriptionTerms terms) {
        String id = terms.id();
        if (byId.size() >= context.limits().subscriptions()) {
            throw new Refusal(
                    SessionFault.TOO_MANY_SUBSCRIPTIONS,
                    "at most " + context.limits().subscriptions() + " subscriptions for a connection");
        }
        if (byId.containsKey(id)) {
            throw new Refusal(SessionFault.SUBSCRIPTION_EXISTS, "this connection has a subscription of that id");
        }
        try {
            DestinationKind kind = kind(terms.destination());
            Subscription subscription = kind.queue() == null
                    ? session.loop().subscribe(session, terms, kind)
                    : context.queues().subscribe(session, session.loop(), terms, kind);
            byId.put(id, subscription);
            windows.take(id, terms.ackMode(), terms.window());
            return subscription;
        } catch (IllegalArgumentException e) {
            throw new Refusal(SessionFault.INVALID_HEADER, "destination: " + e.getMessage());
        }
    }

    /** How many unacknowledged messages the next subscription may have. */
    int nextWindow() {
        return windows.next();
    }

    /** What this destination is for this session: those below {@code /user/} are its own user's. */
    DestinationKind kind(String destination) {
        return context.destinations().resolve(canonical(destination));
    }

    /** The subscription that refusals are told on, or null. */
    @Nullable Subscription errors() {
        return byId.values().stream()
                .filter(subscription -> subscription.destination().equals(ERRORS))
                .findFirst()
                .orElse(null);
    }

    /** Ends the subscription of this id, or, as STOMP 1.0 allows, the first to this destination; null if none fits. */
    @Nullable Subscription remove(@Nullable String id, @Nullable String destination) {
        Subscription found = id != null ? byId.get(id) : null;
        if (id == null) {
            found = byId.values().stream()
                    .filter(subscription -> subscription.destination().equals(destination))
                    .findFirst()
                    .orElse(null);
        }
        if (found != null) {
            byId.remove(found.id());
            windows.giveBack(found.id());
            found.cancel();
        }
        return found;
    }

    /**
     * Takes what an ACK or NACK settles from the window of this subscription, or of whichever has it if no id is given,
     * as STOMP 1.0 allows; null if the message waits in none.
     */
    @Nullable Settlement settle(@Nullable String id, String messageId, boolean positive) {
        if (id != null) {
            Subscription named = byId.get(id);
            return named == null ? null : named.settle(messageId, positive);
        }
        for (Subscription subscription : byId.values()) {
            Settlement settlement = subscription.settle(messageId, positive);
            if (settlement != null) {
                return settlement;
            }
        }
        return null;
    }

    /** Sends to every subscription to this destination, by whatever name it was subscribed to. */
    void send(String destination, MessageContent content) {
        String canonical = kind(destination).canonical();
        for (Subscription subscription : List.copyOf(byId.values())) {
            if (kind(subscription.destination()).canonical().equals(canonical)) {
                subscription.send(content);
            }
        }
    }

    /** All of them as they are now. */
    List<Subscription> all() {
        return List.copyOf(byId.values());
    }

    /** Goes on where subscriptions fell behind. */
    void resume() {
        List.copyOf(byId.values()).forEach(Subscription::resume);
    }

    void cancelAll() {
        byId.values().forEach(Subscription::cancel);
        byId.clear();
    }

    private String canonical(String destination) {
        return destination.startsWith(UserDestination.PREFIX)
                ? UserDestination.of(
                        Objects.requireNonNull(session.user()).name(),
                        destination.substring(UserDestination.PREFIX.length() - 1))
                : destination;
    }
}
