package dev.maru.server.access;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Handshake;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks the {@link FrontDoor} about each connection that does not pass through the HTTP server.
 *
 * <p>Immutable; safe for any thread.
 */
final class FrontDoorPolicy implements HandshakePolicy {
    private final FrontDoor door;

    FrontDoorPolicy(FrontDoor door) {
        this.door = door;
    }

    @Override
    public CompletionStage<HandshakeDecision> decide(Handshake handshake) {
        Map<String, String> headers = handshake.headers();
        return CompletableFuture.completedStage(door.refusal(headers.get("host"), headers.get("origin"))
                .<HandshakeDecision>map(FrontDoorPolicy::refuse)
                .orElse(HandshakeDecision.ACCEPT));
    }

    @Override
    public HandshakeDecision.@Nullable Refuse hostRefusal(@Nullable String host) {
        return door.refusal(host, null).map(FrontDoorPolicy::refuse).orElse(null);
    }

    private static HandshakeDecision.Refuse refuse(Refusal refusal) {
        return new HandshakeDecision.Refuse(refusal.fault(), refusal.detail());
    }
}
