package dev.maru.server.account;

import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Credential;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.identity.TokenVerifier;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds the user behind a cookie or a token of ours, and says whether a user who was found a while ago still is one.
 *
 * <p>Safe for any thread; never blocks.
 */
final class Identities {
    private final Credentials credentials;
    private final Accounts accounts;

    Identities(Credentials credentials, Accounts accounts) {
        this.credentials = credentials;
        this.accounts = accounts;
    }

    /** The user of a log-in; nothing if the cookie's value is none, or none any more. */
    CompletionStage<Optional<SessionUser>> ofLogin(String secret) {
        return credentials.find(CredentialKind.LOGIN, secret).thenApply(found -> found.flatMap(Identities::user));
    }

    /** Our own tokens, and log-ins that a program carries as one; as {@link TokenVerifier#verify}. */
    CompletionStage<Optional<SessionUser>> verify(String token) {
        if (CredentialKind.TOKEN.claims(token)) {
            return known(CredentialKind.TOKEN, token);
        }
        return CredentialKind.LOGIN.claims(token)
                ? known(CredentialKind.LOGIN, token)
                : CompletableFuture.completedStage(Optional.empty());
    }

    /**
     * The same user as they are now. Completes exceptionally if what proved them has been taken back, or if they are
     * shut out; whoever another issuer knows needs no account, but must not be one that is shut out.
     */
    CompletionStage<SessionUser> asOfNow(SessionUser user) {
        Credential credential = user.credential();
        if (credential != null && isOurs(user)) {
            return credentials
                    .byId(credential.id())
                    .thenApply(found -> found.flatMap(Identities::user).orElseThrow(Identities::revoked));
        }
        return accounts.isShutOut(user.name()).thenApply(shutOut -> {
            if (shutOut) {
                throw revoked();
            }
            return user;
        });
    }

    /** Whether it was a log-in or a token of ours that proved who this is, and not one of another issuer. */
    static boolean isOurs(SessionUser user) {
        Credential credential = user.credential();
        return credential != null && credential.id().startsWith(Credentials.OUR_IDS);
    }

    private CompletionStage<Optional<SessionUser>> known(CredentialKind kind, String token) {
        return credentials.find(kind, token).thenApply(found -> {
            Optional<SessionUser> user = found.flatMap(Identities::user);
            if (user.isEmpty()) {
                throw new Refusal(IdentityFault.INVALID_TOKEN, "the token is not good here");
            }
            return user;
        });
    }

    private static Optional<SessionUser> user(IssuedCredential credential) {
        return credential
                .account()
                .map(account -> new SessionUser(
                        account.name(),
                        false,
                        account.displayName(),
                        account.roles(),
                        new Credential(credential.id(), credential.expiresAt())));
    }

    private static Refusal revoked() {
        return new Refusal(IdentityFault.SESSION_REVOKED, "this has been revoked; log in again");
    }
}
