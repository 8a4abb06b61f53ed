package dev.maru.cluster.jms;

import jakarta.jms.ConnectionFactory;
import java.net.URI;
import java.util.stream.Stream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;

/** ActiveMQ Classic. */
final class ActiveMqTestBroker implements TestBroker {
    private int port;
    private BrokerService broker;

    @Override
    public void start() throws Exception {
        broker = new BrokerService();
        broker.setBrokerName("maru");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        TransportConnector connector = broker.addConnector("tcp://localhost:" + port);
        broker.start();
        broker.waitUntilStarted();
        port = URI.create(connector.getPublishableConnectString()).getPort();
    }

    @Override
    public void stop() throws Exception {
        broker.stop();
        broker.waitUntilStopped();
    }

    @Override
    public ConnectionFactory factory() {
        return new ActiveMQConnectionFactory("tcp://localhost:" + port);
    }

    @Override
    public long topics(String prefix) throws Exception {
        return Stream.of(broker.getRegionBroker().getDestinations())
                .filter(one -> one.isTopic() && one.getPhysicalName().startsWith(prefix))
                .count();
    }
}
