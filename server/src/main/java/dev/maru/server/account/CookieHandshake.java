package dev.maru.server.account;

import dev.maru.engine.session.Handshake;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Looks the log-in of a browser up when it connects. A connection without one is let in, because its CONNECT may bring
 * a token; where the page comes from has been checked before.
 *
 * <p>Immutable; safe for any thread; never blocks.
 */
final class CookieHandshake implements HandshakePolicy {
    private final Identities identities;

    CookieHandshake(Identities identities) {
        this.identities = identities;
    }

    @Override
    public CompletionStage<HandshakeDecision> decide(Handshake handshake) {
        Optional<String> secret = LoginCookie.in(handshake.headers().get("cookie"));
        return secret.isEmpty()
                ? CompletableFuture.completedStage(HandshakeDecision.ACCEPT)
                : identities.ofLogin(secret.get()).thenApply(user -> new HandshakeDecision.Accept(user.orElse(null)));
    }
}
