package dev.maru.spring.relay;

import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** ActiveMQ Artemis, in this JVM. */
class ArtemisRelayTest extends RelayContract {
    private static final EmbeddedActiveMQ BROKER = new EmbeddedActiveMQ();

    @TempDir
    private static Path folder;

    private static int port;

    @BeforeAll
    static void startBroker() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJournalDirectory(folder.toString())
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(),
                        Map.of(
                                "host", "localhost",
                                "port", "0",
                                "protocols", "STOMP",
                                "anycastPrefix", "/queue/",
                                "multicastPrefix", "/topic/"),
                        "stomp"));
        BROKER.setConfiguration(configuration);
        BROKER.start();
        port = ((NettyAcceptor) BROKER.getActiveMQServer().getRemotingService().getAcceptor("stomp")).getActualPort();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        BROKER.stop();
    }

    @Override
    int brokerPort() {
        return port;
    }
}
