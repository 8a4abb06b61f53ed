package dev.maru.spring.socket;

import dev.maru.engine.session.Handshake;
import dev.maru.spring.configurer.HandlerEndpoint;
import dev.maru.spring.messaging.MessagingFault;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Asks the interceptors of a handler before a client is let in. Over SockJS's HTTP transports they are asked at each
 * request that receives.
 *
 * <p>Asked on event loops; the interceptors run on threads that may wait.
 */
final class InterceptedHandshakes implements HandshakePolicy {

    /** How the requests that only send are called; what they may is settled by the session that they send to. */
    private static final String SENDING = "sockjs";

    private final List<HandlerEndpoint> endpoints;
    private final Executor executor;

    InterceptedHandshakes(List<HandlerEndpoint> endpoints, Executor executor) {
        this.endpoints = endpoints.stream()
                .filter(endpoint -> !endpoint.interceptors().isEmpty())
                .toList();
        this.executor = executor;
    }

    @Override
    public CompletionStage<HandshakeDecision> decide(Handshake handshake) {
        Optional<HandlerEndpoint> asked = handshake.transport().equals(SENDING)
                ? Optional.empty()
                : endpoints.stream()
                        .filter(endpoint -> serves(endpoint, handshake))
                        .findFirst();
        return asked.map(endpoint -> ask(endpoint, handshake))
                .orElseGet(() -> CompletableFuture.completedFuture(HandshakeDecision.ACCEPT));
    }

    private static boolean serves(HandlerEndpoint endpoint, Handshake handshake) {
        String path = handshake.path();
        boolean below = endpoint.sockJs() != null && path.startsWith(endpoint.path() + "/");
        return below || path.equals(endpoint.path());
    }

    private CompletableFuture<HandshakeDecision> ask(HandlerEndpoint endpoint, Handshake handshake) {
        CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                decision.complete(askNow(endpoint, handshake));
            } catch (Exception | NoClassDefFoundError failure) {
                decision.completeExceptionally(failure);
            }
        });
        return decision;
    }

    private static HandshakeDecision askNow(HandlerEndpoint endpoint, Handshake handshake) throws Exception {
        Map<String, Object> attributes = new HashMap<>();
        HandshakeRequest request = new HandshakeRequest(handshake);
        HandshakeResponse response = new HandshakeResponse();
        for (HandshakeInterceptor interceptor : endpoint.interceptors()) {
            if (!interceptor.beforeHandshake(request, response, endpoint.handler(), attributes)) {
                return new HandshakeDecision.Refuse(MessagingFault.INTERCEPTED, "You may not connect here.");
            }
        }
        for (HandshakeInterceptor interceptor : endpoint.interceptors().reversed()) {
            interceptor.afterHandshake(request, response, endpoint.handler(), null);
        }
        attributes.values().removeIf(Objects::isNull);
        return new HandshakeDecision.Accept(null, attributes);
    }
}
