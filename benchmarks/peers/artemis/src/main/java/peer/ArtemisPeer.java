package peer;

import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An embedded Artemis that speaks STOMP, over WebSocket too, on the port that is given. */
public final class ArtemisPeer {

    private ArtemisPeer() {}

    public static void main(String[] arguments) throws Exception {
        var configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("stomp", "tcp://127.0.0.1:" + arguments[0] + "?protocols=STOMP");
        var server = new EmbeddedActiveMQ().setConfiguration(configuration);
        server.start();
        Thread.currentThread().join();
    }
}
