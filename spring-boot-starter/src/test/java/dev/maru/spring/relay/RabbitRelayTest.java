package dev.maru.spring.relay;

import dev.maru.testkit.RabbitMqServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** RabbitMQ with its STOMP plugin. */
class RabbitRelayTest extends RelayContract {
    private static RabbitMqServer broker;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = RabbitMqServer.start("rabbitmq_stomp");
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    int brokerPort() {
        return broker.stompPort();
    }
}
