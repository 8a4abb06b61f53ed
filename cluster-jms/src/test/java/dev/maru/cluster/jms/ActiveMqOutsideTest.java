package dev.maru.cluster.jms;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ActiveMqOutsideTest extends JmsOutsideContract {
    private static final TestBroker BROKER = new ActiveMqTestBroker();

    @BeforeAll
    static void startBroker() throws Exception {
        BROKER.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        BROKER.close();
    }

    @Override
    TestBroker broker() {
        return BROKER;
    }
}
