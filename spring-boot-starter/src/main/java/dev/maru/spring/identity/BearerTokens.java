package dev.maru.spring.identity;

import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.SessionUser;
import dev.maru.stomp.StompHeaders;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All kinds of bearer tokens that the application knows.
 *
 * <p>Immutable; safe for any thread; never blocks.
 */
public final class BearerTokens {
    private static final String SCHEME = "bearer ";
    private static final int LONGEST = 8 * 1024;

    private final List<TokenVerifier> verifiers;

    public BearerTokens(List<TokenVerifier> verifiers) {
        this.verifiers = List.copyOf(verifiers);
    }

    /** Whether no kind of token is known at all. */
    public boolean isEmpty() {
        return verifiers.isEmpty();
    }

    /** Completes with the token's user, or exceptionally with a {@link Refusal}: nobody knows it, or it is not good. */
    public CompletionStage<SessionUser> verify(String token) {
        return token.isEmpty() || token.length() > LONGEST ? unknown() : ask(token, 0);
    }

    /** The token in the value of an {@code Authorization} header; null if that is of another scheme, or absent. */
    public static @Nullable String in(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : null;
    }

    /** The token in a frame's {@code Authorization} header, or null. */
    public static @Nullable String in(StompHeaders headers) {
        String token = in(headers.get("Authorization"));
        return token == null ? in(headers.get("authorization")) : token;
    }

    private CompletionStage<SessionUser> ask(String token, int next) {
        if (next == verifiers.size()) {
            return unknown();
        }
        return verifiers.get(next).verify(token).thenCompose(user -> answer(user, token, next));
    }

    private CompletionStage<SessionUser> answer(Optional<SessionUser> user, String token, int asked) {
        return user.<CompletionStage<SessionUser>>map(CompletableFuture::completedStage)
                .orElseGet(() -> ask(token, asked + 1));
    }

    private static CompletionStage<SessionUser> unknown() {
        return CompletableFuture.failedStage(new Refusal(IdentityFault.INVALID_TOKEN, "this token is not known here"));
    }
}
