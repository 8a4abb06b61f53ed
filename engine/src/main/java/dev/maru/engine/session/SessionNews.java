package dev.maru.engine.session;

import dev.maru.engine.cluster.Cluster;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Tells the other nodes whose sessions end and whose permissions have changed, and hears it from them. Each piece of news
 * is a name in UTF-8.
 *
 * <p>Safe for any thread; nothing here waits.
 */
final class SessionNews {
    private static final String REVOKED_USER = "maru.session.revoked-user";
    private static final String REVOKED_CREDENTIAL = "maru.session.revoked-credential";
    private static final String CHANGED_USER = "maru.session.changed-user";
    private static final String CHANGED_DESTINATION = "maru.session.changed-destination";
    private static final int LONGEST = 16 * 1024;

    private final Cluster cluster;

    SessionNews(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Passes on what other nodes tell, for as long as the node lives. */
    void listen(SessionRegistry registry) {
        on(REVOKED_USER, registry::revokeUserHere);
        on(REVOKED_CREDENTIAL, registry::revokeCredentialHere);
        on(CHANGED_USER, registry::reauthorizeUserHere);
        on(CHANGED_DESTINATION, registry::reauthorizeDestinationHere);
    }

    void revokedUser(String name) {
        tell(REVOKED_USER, name);
    }

    void revokedCredential(String id) {
        tell(REVOKED_CREDENTIAL, id);
    }

    void changedUser(String name) {
        tell(CHANGED_USER, name);
    }

    void changedDestination(String destination) {
        tell(CHANGED_DESTINATION, destination);
    }

    private void tell(String kind, String name) {
        cluster.announce(kind, name.getBytes(StandardCharsets.UTF_8));
    }

    private void on(String kind, Consumer<String> listener) {
        cluster.onAnnounced(kind, payload -> {
            if (payload.length <= LONGEST) {
                listener.accept(new String(payload, StandardCharsets.UTF_8));
            }
        });
    }
}
