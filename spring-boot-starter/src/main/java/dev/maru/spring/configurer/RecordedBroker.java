package dev.maru.spring.configurer;

import dev.maru.spring.failure.WrongSettingException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.config.SimpleBrokerRegistration;
import org.springframework.messaging.simp.config.StompBrokerRelayRegistration;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.PathMatcher;

/**
 * The registry that configurers see. It makes no broker; it keeps what they asked for.
 *
 * <p>Confined to the thread that starts the application.
 */
final class RecordedBroker extends MessageBrokerRegistry {
    private static final long SPRINGS_INTERVAL_MILLIS = 10_000;

    private final RecordedChannel channel = RecordedChannel.inline("brokerChannel");
    private @Nullable Simple simple;
    private boolean relayed;

    RecordedBroker() {
        super(new ExecutorSubscribableChannel(), new ExecutorSubscribableChannel());
    }

    @Override
    public SimpleBrokerRegistration enableSimpleBroker(String... destinationPrefixes) {
        simple = new Simple(destinationPrefixes);
        return simple;
    }

    /** Spring's relay is asked for again when there are channels; see {@link BrokerSettings#relayed}. */
    @Override
    public StompBrokerRelayRegistration enableStompBrokerRelay(String... destinationPrefixes) {
        relayed = true;
        return super.enableStompBrokerRelay(destinationPrefixes);
    }

    @Override
    public ChannelRegistration configureBrokerChannel() {
        return channel;
    }

    @Override
    public MessageBrokerRegistry setUserDestinationPrefix(String destinationPrefix) {
        if (!destinationPrefix.equals("/user") && !destinationPrefix.equals("/user/")) {
            throw Unsupported.setting("the user destination prefix " + destinationPrefix, "it is /user");
        }
        return this;
    }

    /**
     * Whether another broker is relayed to.
     *
     * @throws UnsupportedOperationException if there is to be a simple broker as well
     */
    boolean relayed() {
        if (relayed && simple != null) {
            throw Unsupported.setting("a relay beside a simple broker", "enable one of them");
        }
        return relayed;
    }

    List<String> applicationPrefixes() {
        Collection<String> prefixes = getApplicationDestinationPrefixes();
        if (prefixes == null || prefixes.isEmpty()) {
            throw new WrongSettingException(
                    "no application destination prefix is set",
                    "call setApplicationDestinationPrefixes(\"/app\") in configureMessageBroker");
        }
        return List.copyOf(prefixes);
    }

    List<String> brokerPrefixes() {
        return simple == null ? List.of() : simple.prefixes();
    }

    @Nullable PathMatcher pathMatcher() {
        return getPathMatcher();
    }

    List<ChannelInterceptor> interceptors() {
        return channel.interceptors();
    }

    @Nullable Duration heartBeatSend() {
        return simple == null ? null : simple.heartBeat(0);
    }

    @Nullable Duration heartBeatReceive() {
        return simple == null ? null : simple.heartBeat(1);
    }

    private static final class Simple extends SimpleBrokerRegistration {
        private long @Nullable [] intervals;

        Simple(String[] prefixes) {
            super(new ExecutorSubscribableChannel(), new ExecutorSubscribableChannel(), prefixes);
        }

        List<String> prefixes() {
            return List.copyOf(getDestinationPrefixes());
        }

        @Nullable Duration heartBeat(int index) {
            return intervals == null ? null : Duration.ofMillis(intervals[index]);
        }

        @Override
        public SimpleBrokerRegistration setTaskScheduler(TaskScheduler taskScheduler) {
            if (intervals == null) {
                intervals = new long[] {SPRINGS_INTERVAL_MILLIS, SPRINGS_INTERVAL_MILLIS};
            }
            return this;
        }

        @Override
        public SimpleBrokerRegistration setHeartbeatValue(long[] heartbeat) {
            if (heartbeat.length != 2 || heartbeat[0] <= 0 || heartbeat[1] <= 0) {
                throw Unsupported.setting("a broker without heart-beats", "leave setHeartbeatValue out");
            }
            intervals = heartbeat.clone();
            return this;
        }

        @Override
        public void setSelectorHeaderName(@Nullable String selectorHeaderName) {
            if (selectorHeaderName != null) {
                throw Unsupported.setting("selectors", "publish to one destination for each kind of message");
            }
        }
    }
}
