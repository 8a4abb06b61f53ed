package dev.maru.engine.session;

import io.netty.util.concurrent.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was revoked lately, for sessions that are between the look-up of who they are and their place among the open
 * ones. Keeps it for longer than opening a session can take, and a bounded number of them.
 *
 * <p>Safe for any thread.
 */
final class Revocations {
    private static final int MOST = 10_000;
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Ticker ticker;
    private final Map<String, Long> users = new Recent();
    private final Map<String, Long> credentials = new Recent();

    Revocations(Ticker ticker) {
        this.ticker = ticker;
    }

    synchronized void user(String name) {
        users.put(name, ticker.nanoTime());
    }

    synchronized void credential(String id) {
        credentials.put(id, ticker.nanoTime());
    }

    /**
     * Whether this user's session must not open. A credential that was revoked is so for ever; a user may come back,
     * on a connection that was opened after the revocation.
     *
     * @param openedAt when the connection was, in the ticker's nanoseconds
     */
    synchronized boolean include(SessionUser user, long openedAt) {
        Long revoked = recent(users, user.name());
        Credential credential = user.credential();
        return (revoked != null && openedAt - revoked <= 0)
                || (credential != null && recent(credentials, credential.id()) != null);
    }

    private @Nullable Long recent(Map<String, Long> revoked, String key) {
        Long at = revoked.get(key);
        return at != null && ticker.nanoTime() - at < KEPT_NANOS ? at : null;
    }

    /** Forgets the oldest when it is full. */
    private static final class Recent extends LinkedHashMap<String, Long> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    }
}
