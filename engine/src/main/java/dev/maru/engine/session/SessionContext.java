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
 * @param interceptedPrefixes of the broker destinations to which a SEND goes through the application
 * @param interceptor sees the frames that have no destination
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
        List<String> interceptedPrefixes,
        FrameInterceptor interceptor,
        Authenticator authenticator,
        Authorizer authorizer,
        List<SessionListener> listeners,
        SessionLimits limits,
        Ticker ticker) {

    boolean isApplication(String destination) {
        return startsWithOneOf(applicationPrefixes, destination);
    }

    /** Whether the application sees a SEND to this broker destination first. */
    boolean isIntercepted(String destination) {
        return startsWithOneOf(interceptedPrefixes, destination) && !isApplication(destination);
    }

    private static boolean startsWithOneOf(List<String> prefixes, String destination) {
        for (String prefix : prefixes) {
            if (destination.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
