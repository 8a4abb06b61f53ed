package dev.maru.spring.identity;

import dev.maru.engine.Engine;
import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.stereotype.Controller;

/**
 * Takes a newer token for a session that is open: SEND {@code /app/auth/renew} with {@code Authorization}. The receipt
 * comes when the session goes by the new one.
 *
 * <p>Safe for any thread.
 */
@Controller
final class RenewalController {
    private final BearerTokens tokens;
    private final ObjectProvider<Engine> engine;

    RenewalController(BearerTokens tokens, ObjectProvider<Engine> engine) {
        this.tokens = tokens;
        this.engine = engine;
    }

    @MessageMapping("/auth/renew")
    CompletionStage<?> renew(SimpMessageHeaderAccessor headers, Session session) {
        String token = token(headers, "Authorization");
        token = token == null ? token(headers, "authorization") : token;
        if (token == null) {
            return CompletableFuture.failedStage(
                    new Refusal(IdentityFault.NOT_AUTHENTICATED, "this needs an Authorization: Bearer …"));
        }
        return tokens.verify(token)
                .thenCompose(user -> engine.getObject().registry().renew(session, user));
    }

    private static @Nullable String token(SimpMessageHeaderAccessor headers, String name) {
        return BearerTokens.in(headers.getFirstNativeHeader(name));
    }
}
