package dev.maru.engine.session;

import dev.maru.stomp.StompHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says who a connecting client is. Asked once for each session, on its event loop; must not block. */
@FunctionalInterface
public interface Authenticator {

    /** The user whom the handshake proved; without one the session is its own user. */
    Authenticator OF_HANDSHAKE = (session, connect) -> {
        SessionUser proved = session.handshake().user();
        return CompletableFuture.completedStage(proved == null ? SessionUser.anonymous(session) : proved);
    };

    /**
     * Completes with the user, or exceptionally with a {@link dev.maru.engine.fault.Refusal} that the client is told
     * before the connection closes.
     *
     * @param session has no user yet; its attributes may be set already, and its handshake may know the user
     * @param connect the headers of the CONNECT frame
     */
    CompletionStage<SessionUser> authenticate(Session session, StompHeaders connect);
}
