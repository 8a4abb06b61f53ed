package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.spring.destination.DurableQueues;
import dev.maru.spring.tutorial.TutorialApplication;
import dev.maru.stomp.StompCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.SimpMessagingTemplate;

/** Queues that an application declares, by property and by bean, beside those that it does not. */
class QueuesTest {
    private static final ConfigurableApplicationContext SERVER = RunningTutorial.start(
            new String[] {"--maru.queues.patterns=/queue/jobs/**"}, TutorialApplication.class, Orders.class);

    @Configuration(proxyBeanMethods = false)
    static class Orders {

        @Bean
        DurableQueues orders() {
            return new DurableQueues("/queue/orders");
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void keepsWhatTheApplicationSendsUntilAConsumerComes() {
        template().convertAndSend("/queue/orders", "early");
        try (TestClient ann = client()) {
            consume(ann, "/queue/orders");

            ann.await(StompCommand.MESSAGE, "early", "ack:");
        }
    }

    @Test
    void givesAMessageOfADeclaredQueueToOneConsumer() {
        try (TestClient ann = client();
                TestClient bob = client()) {
            consume(ann, "/queue/jobs/a");
            consume(bob, "/queue/jobs/a");
            template().convertAndSend("/queue/jobs/a", "first");
            template().convertAndSend("/queue/jobs/a", "second");

            ann.await(StompCommand.MESSAGE, "first");
            bob.await(StompCommand.MESSAGE, "second");
            assertThat(ann.received(StompCommand.MESSAGE)).hasSize(1);
            assertThat(bob.received(StompCommand.MESSAGE)).hasSize(1);
        }
    }

    @Test
    void givesAMessageOfAnyOtherQueueToEverybodyAsSpringDoes() {
        try (TestClient ann = client().subscribe("q", "/queue/others");
                TestClient bob = client().subscribe("q", "/queue/others")) {
            template().convertAndSend("/queue/others", "for all");

            ann.await(StompCommand.MESSAGE, "for all");
            bob.await(StompCommand.MESSAGE, "for all");
        }
    }

    @Test
    void keepsDeadLettersForWhoeverComes() {
        try (TestClient ann = client()) {
            ann.send(StompCommand.SEND, "poison", "destination:/queue/jobs/b");
            consume(ann, "/queue/jobs/b");
            for (int attempt = 1; attempt <= 5; attempt++) {
                String message = attempt == 1
                        ? ann.await(StompCommand.MESSAGE, "poison")
                        : ann.await(StompCommand.MESSAGE, "poison", "delivery-attempt:" + attempt + "\n");
                ann.send(StompCommand.NACK, "", "id:" + header(message, "ack"));
            }
            ann.subscribe("d", "/queue/dead-letter");

            ann.await(StompCommand.MESSAGE, "poison", "original-destination:/queue/jobs/b\n");
        }
    }

    private static void consume(TestClient client, String queue) {
        client.send(
                StompCommand.SUBSCRIBE,
                "",
                "id:q",
                "destination:" + queue,
                "ack:client-individual",
                "receipt:consuming");
        client.await(StompCommand.RECEIPT, "receipt-id:consuming");
    }

    private static TestClient client() {
        return TestClient.connected(RunningTutorial.port(SERVER));
    }

    private static SimpMessagingTemplate template() {
        return SERVER.getBean(SimpMessagingTemplate.class);
    }

    private static String header(String message, String name) {
        int start = message.indexOf("\n" + name + ":") + name.length() + 2;
        return message.substring(start, message.indexOf('\n', start));
    }
}
