package dev.maru.engine.session;

import dev.maru.engine.destination.Destinations;
import dev.maru.engine.dispatch.Queues;
import dev.maru.engine.fanout.FanOut;
import dev.maru.engine.history.StoreTransactions;
import io.netty.util.concurrent.Ticker;
import java.util.List;

/**
 * What all sessions of an engine share.
 *
 * @param applicationPrefixes of the destinations that go to the application
 * @param listeners told of the life of each session, in this order
 * @param ticker the time
 */
public record SessionContext(
        FanOut fanOut,
        Destinations destinations,
        Queues queues,
        StoreTransactions stores,
        Publisher publisher,
        ApplicationHandler application,
        List<String> applicationPrefixes,
        Authenticator authenticator,
        Authorizer authorizer,
        List<SessionListener> listeners,
        SessionLimits limits,
        Ticker ticker) {

    boolean isApplication(String destination) {
        for (String prefix : applicationPrefixes) {
            if (destination.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
