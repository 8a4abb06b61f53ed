package dev.maru.spring.identity;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Handshake;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Lets clients say who they are with a token in the {@code Authorization} of the request that opens the connection. A
 * token that is not good is refused there; without one nothing is known.
 *
 * <p>Immutable; safe for any thread.
 */
final class BearerHandshake implements HandshakePolicy {
    private final BearerTokens tokens;

    BearerHandshake(BearerTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public CompletionStage<HandshakeDecision> decide(Handshake handshake) {
        String token = BearerTokens.in(handshake.headers().get("authorization"));
        return token == null
                ? CompletableFuture.completedStage(HandshakeDecision.ACCEPT)
                : tokens.verify(token)
                        .<HandshakeDecision>thenApply(HandshakeDecision.Accept::new)
                        .exceptionally(BearerHandshake::refuse);
    }

    private static HandshakeDecision refuse(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof Refusal refusal) {
            return new HandshakeDecision.Refuse(refusal.fault(), refusal.detail());
        }
        throw new CompletionException(cause);
    }
}
