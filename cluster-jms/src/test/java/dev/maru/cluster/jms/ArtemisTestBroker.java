package dev.maru.cluster.jms;

import jakarta.jms.ConnectionFactory;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** ActiveMQ Artemis. */
final class ArtemisTestBroker implements TestBroker {
    private int port;
    private EmbeddedActiveMQ broker;

    @Override
    public void start() throws Exception {
        broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(),
                        Map.of("host", "localhost", "port", String.valueOf(port)),
                        "tcp")));
        broker.start();
        port = ((NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor("tcp")).getActualPort();
    }

    @Override
    public void stop() throws Exception {
        broker.stop();
    }

    @Override
    public ConnectionFactory factory() {
        return new ActiveMQConnectionFactory("tcp://localhost:" + port);
    }

    @Override
    public long topics(String prefix) {
        return Stream.of(broker.getActiveMQServer().getActiveMQServerControl().getAddressNames())
                .filter(name -> name.startsWith(prefix))
                .count();
    }
}
