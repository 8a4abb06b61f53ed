package dev.maru.spring.identity;

import dev.maru.engine.session.SessionUser;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Says whom a bearer token stands for (RFC 6750). Declare a bean for tokens of your own; all beans are asked in their
 * order until one knows the token.
 *
 * <p>Called on event loops: must not block. Safe for any thread.
 */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * Completes with the token's user; with nothing if it is not a token of this kind; exceptionally with a
     * {@link dev.maru.engine.fault.Refusal} if it is, and is not good.
     */
    CompletionStage<Optional<SessionUser>> verify(String token);
}
