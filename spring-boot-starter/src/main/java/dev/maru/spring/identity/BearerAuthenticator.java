package dev.maru.spring.identity;

import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import dev.maru.stomp.StompHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets clients say who they are with a token in CONNECT's {@code Authorization}; otherwise they are whom their
 * handshake proved.
 *
 * <p>Immutable; safe for any thread.
 */
public final class BearerAuthenticator implements Authenticator {
    private final BearerTokens tokens;
    private final boolean required;

    /** @param required whether nobody is let in without a user; otherwise the session is its own */
    public BearerAuthenticator(BearerTokens tokens, boolean required) {
        this.tokens = tokens;
        this.required = required;
    }

    @Override
    public CompletionStage<SessionUser> authenticate(Session session, StompHeaders connect) {
        String token = BearerTokens.in(connect);
        if (token != null) {
            return tokens.verify(token);
        }
        if (required && session.handshake().user() == null) {
            return CompletableFuture.failedStage(
                    new Refusal(IdentityFault.NOT_AUTHENTICATED, "CONNECT needs an Authorization: Bearer …"));
        }
        return OF_HANDSHAKE.authenticate(session, connect);
    }
}
