package dev.maru.spring.identity;

import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.SessionRegistry;
import dev.maru.engine.session.SessionUser;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All policies of an application as one: each is asked, in order, until one refuses. The user is the one that the last
 * of them named, whom those after it see already; what they note comes together. A user who has as many connections as one may have is told so.
 *
 * <p>Immutable; safe for any thread.
 */
public final class HandshakePolicies implements HandshakePolicy {
    private static final HandshakeDecision TOO_MANY =
            new HandshakeDecision.Refuse(SessionFault.TOO_MANY_CONNECTIONS, "This user has too many connections.");

    private final List<HandshakePolicy> policies;
    private final SessionRegistry registry;

    private HandshakePolicies(List<HandshakePolicy> policies, SessionRegistry registry) {
        this.policies = List.copyOf(policies);
        this.registry = registry;
    }

    /** The application's policies, and then the tokens, if there are any. */
    public static HandshakePolicy of(List<HandshakePolicy> application, BearerTokens tokens, SessionRegistry registry) {
        List<HandshakePolicy> all = new ArrayList<>(application);
        if (!tokens.isEmpty()) {
            all.add(new BearerHandshake(tokens));
        }
        return all.isEmpty() ? EVERYBODY : new HandshakePolicies(all, registry);
    }

    @Override
    public CompletionStage<HandshakeDecision> decide(Handshake handshake) {
        return decide(handshake, 0);
    }

    @Override
    public HandshakeDecision.@Nullable Refuse hostRefusal(@Nullable String host) {
        for (HandshakePolicy policy : policies) {
            HandshakeDecision.Refuse refusal = policy.hostRefusal(host);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private CompletionStage<HandshakeDecision> decide(Handshake handshake, int next) {
        if (next == policies.size()) {
            return CompletableFuture.completedStage(admit(handshake));
        }
        return policies.get(next).decide(handshake).thenCompose(decision -> switch (decision) {
            case HandshakeDecision.Accept accept -> decide(admitted(handshake, accept), next + 1);
            case HandshakeDecision.Refuse refuse -> CompletableFuture.completedStage(refuse);
        });
    }

    private static Handshake admitted(Handshake handshake, HandshakeDecision.Accept accept) {
        SessionUser user = accept.user() == null ? handshake.user() : accept.user();
        if (accept.attributes().isEmpty()) {
            return handshake.admitted(user, handshake.attributes());
        }
        Map<String, Object> attributes = new HashMap<>(handshake.attributes());
        attributes.putAll(accept.attributes());
        return handshake.admitted(user, attributes);
    }

    private HandshakeDecision admit(Handshake handshake) {
        SessionUser user = handshake.user();
        return user != null && registry.full(user.name())
                ? TOO_MANY
                : new HandshakeDecision.Accept(user, handshake.attributes());
    }
}
