package dev.maru.engine.session;

import dev.maru.engine.destination.DestinationPattern;
import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks once more whether a session may have the subscriptions that it has, and ends those that it may not.
 *
 * <p>Confined to its session's event loop.
 */
final class Reauthorizing {
    private final EngineSession session;
    private final SessionContext context;

    Reauthorizing(EngineSession session, SessionContext context) {
        this.session = session;
        this.context = context;
    }

    /** @param destination the only one that matters, or null for all */
    CompletableFuture<?> run(@Nullable String destination) {
        return CompletableFuture.allOf(session.subscriptions().all().stream()
                .filter(subscription -> destination == null || reaches(subscription, destination))
                .map(this::ask)
                .toArray(CompletableFuture[]::new));
    }

    /** A pattern may reach it, and whether it does only its next message would tell. */
    private boolean reaches(Subscription subscription, String destination) {
        String wanted = context.destinations().resolve(destination).canonical();
        return DestinationPattern.isPattern(subscription.destination())
                || session.subscriptions()
                        .kind(subscription.destination())
                        .canonical()
                        .equals(wanted);
    }

    private CompletableFuture<?> ask(Subscription subscription) {
        String destination = subscription.destination();
        StompHeaders headers = StompHeaders.of("id", subscription.id(), "destination", destination);
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        context.authorizer()
                .authorize(session, StompCommand.SUBSCRIBE, destination, headers)
                .whenComplete((_, error) -> session.onLoop(() -> {
                    if (error != null) {
                        end(subscription, error);
                    }
                    done.complete(null);
                }));
        return done;
    }

    /** Whatever keeps the authorizer from saying yes is no yes. */
    private void end(Subscription subscription, Throwable error) {
        Subscription removed = session.subscriptions().remove(subscription.id(), null);
        if (removed == null || session.closed()) {
            return;
        }
        context.listeners().forEach(listener -> listener.onUnsubscribed(session, removed.id(), removed.destination()));
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        String why = cause instanceof Refusal refusal ? refusal.detail() : "it could not be found out";
        session.tell(new Answer.Outcome.Refused(
                IdentityFault.SUBSCRIPTION_ENDED, "the subscription " + removed.id() + " is ended: " + why));
    }
}
