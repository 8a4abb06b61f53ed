package dev.maru.server.account;

import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.identity.BearerTokens;
import dev.maru.stomp.StompHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who has an account: by a token in CONNECT ({@code Authorization}, or {@code passcode} from clients that know
 * no other header), by a ticket, or by what the handshake brought. That is looked up again, because much can happen between a
 * handshake and its CONNECT.
 *
 * <p>Immutable; safe for any thread; never blocks.
 */
final class AccountAuthenticator implements Authenticator {
    private final BearerTokens tokens;
    private final Identities identities;
    private final Tickets tickets;

    AccountAuthenticator(BearerTokens tokens, Identities identities, Tickets tickets) {
        this.tokens = tokens;
        this.identities = identities;
        this.tickets = tickets;
    }

    @Override
    public CompletionStage<SessionUser> authenticate(Session session, StompHeaders connect) {
        String token = token(connect);
        if (token != null) {
            return tokens.verify(token).thenCompose(identities::asOfNow);
        }
        String ticket = connect.get("ticket");
        SessionUser known = ticket == null
                ? session.handshake().user()
                : tickets.take(ticket).orElse(null);
        return known != null
                ? identities.asOfNow(known)
                : CompletableFuture.failedStage(
                        new Refusal(IdentityFault.NOT_AUTHENTICATED, "log in, or send a token with CONNECT"));
    }

    private static @Nullable String token(StompHeaders connect) {
        String bearer = BearerTokens.in(connect);
        String passcode = connect.get("passcode");
        return bearer != null || passcode == null || passcode.isBlank() ? bearer : passcode.strip();
    }
}
