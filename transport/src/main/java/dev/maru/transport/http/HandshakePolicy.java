package dev.maru.transport.http;

import dev.maru.engine.session.Handshake;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Says who may connect, before anything is answered. Asked on the connection's event loop; must not block. */
@FunctionalInterface
public interface HandshakePolicy {
    /** Everybody may. */
    HandshakePolicy EVERYBODY = handshake -> CompletableFuture.completedStage(HandshakeDecision.ACCEPT);

    /**
     * Decides about a request that is sound and whose origin is allowed. The stage may complete on any thread; if it
     * fails or takes too long the answer is 503.
     */
    CompletionStage<HandshakeDecision> decide(Handshake handshake);

    /**
     * Why nothing is answered to a request that names this host, not even what SockJS shows to everybody; null where no
     * host is refused. A handshake is not asked about here, but in {@link #decide}.
     */
    default HandshakeDecision.@Nullable Refuse hostRefusal(@Nullable String host) {
        return null;
    }
}
