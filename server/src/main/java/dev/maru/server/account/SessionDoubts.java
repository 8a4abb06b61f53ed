package dev.maru.server.account;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.identity.TokenRevocations;
import dev.maru.stomp.StompHeaders;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Says whether sessions may stay, when this node may have missed what another one revoked: as the database has it now.
 *
 * <p>Safe for any thread; never blocks.
 */
final class SessionDoubts implements SessionListener {
    private static final String SINCE = "dev.maru.account.since";

    private final Identities identities;
    private final TokenRevocations revocations;
    private final InstantSource time;

    SessionDoubts(Identities identities, TokenRevocations revocations, InstantSource time) {
        this.identities = identities;
        this.revocations = revocations;
        this.time = time;
    }

    @Override
    public void onConnected(Session session, StompHeaders connect) {
        session.attributes().put(SINCE, time.instant());
    }

    CompletionStage<Boolean> mayStay(Session session) {
        SessionUser user = session.user();
        if (user == null || user.anonymous()) {
            return CompletableFuture.completedStage(true);
        }
        Instant since = session.attributes().get(SINCE) instanceof Instant at ? at : Instant.MIN;
        return identities
                .asOfNow(user)
                .thenCompose(current -> revocations.include(user, since))
                .thenApply(revoked -> !revoked)
                .exceptionallyCompose(SessionDoubts::refused);
    }

    private static CompletionStage<Boolean> refused(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof Refusal
                ? CompletableFuture.completedStage(false)
                : CompletableFuture.failedStage(cause);
    }
}
