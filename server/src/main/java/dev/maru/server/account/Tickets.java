package dev.maru.server.account;

import dev.maru.engine.session.SessionUser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tickets for streams whose clients can send no header: each lets its user in once, and soon. Remembers a bounded
 * number, and forgets the oldest.
 *
 * <p>Safe for any thread.
 */
final class Tickets {
    /** How long a ticket is good. */
    static final Duration LASTING = Duration.ofSeconds(30);

    private static final int MOST = 10_000;

    private record Held(SessionUser user, Instant end) {}

    private final InstantSource time;
    private final Map<String, Held> held = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
            return size() > MOST;
        }
    };

    Tickets(InstantSource time) {
        this.time = time;
    }

    synchronized String issue(SessionUser user) {
        String ticket = Secrets.secret("maru_e_");
        held.put(Secrets.hash(ticket), new Held(user, time.instant().plus(LASTING)));
        return ticket;
    }

    /** Who gave this ticket out; nothing the second time, or too late. */
    synchronized Optional<SessionUser> take(String ticket) {
        return Optional.ofNullable(held.remove(Secrets.hash(ticket)))
                .filter(known -> known.end().isAfter(time.instant()))
                .map(Held::user);
    }
}
