package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.presence.Presence;
import dev.maru.spring.presence.PersonJoined;
import dev.maru.spring.presence.PersonLeft;
import dev.maru.stomp.StompCommand;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** The people behind the subscriptions, as an application sees them. */
class PresenceTest {
    private static final List<Object> EVENTS = new CopyOnWriteArrayList<>();

    private static ConfigurableApplicationContext application;
    private static int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @EventListener
        void on(PersonJoined event) {
            EVENTS.add(event);
        }

        @EventListener
        void on(PersonLeft event) {
            EVENTS.add(event);
        }
    }

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(
                new String[] {"--maru.presence.destinations=/topic/rooms/*", "--maru.presence.grace=100ms"},
                Application.class);
        port = RunningTutorial.port(application);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    @Test
    void knowsWhoIsSubscribedAndTellsWhoComesAndGoes() {
        Presence presence = application.getBean(Presence.class);
        try (TestClient ann = TestClient.connected(port)) {
            ann.subscribe("one", "/topic/rooms/tea")
                    .subscribe("two", "/topic/rooms/tea")
                    .subscribe("other", "/topic/news");
            assertThat(presence.count("/topic/rooms/tea")).isEqualTo(1);
            assertThat(presence.count("/topic/news")).isZero();
            await().until(() -> EVENTS.size() == 1);
            assertThat(EVENTS.getFirst())
                    .isInstanceOfSatisfying(
                            PersonJoined.class,
                            joined -> assertThat(joined.place()).isEqualTo("/topic/rooms/tea"));

            ann.send(StompCommand.UNSUBSCRIBE, "", "id:one", "receipt:still");
            ann.await(StompCommand.RECEIPT, "receipt-id:still\n");
            assertThat(presence.count("/topic/rooms/tea")).isEqualTo(1);
            ann.send(StompCommand.UNSUBSCRIBE, "", "id:two", "receipt:gone");
            ann.await(StompCommand.RECEIPT, "receipt-id:gone\n");
            assertThat(presence.count("/topic/rooms/tea")).isZero();
            await().until(() -> EVENTS.size() == 2);
            assertThat(EVENTS.getLast()).isInstanceOf(PersonLeft.class);
        }
    }

    @Test
    void letsWhoLostTheConnectionCountForAMoment() {
        Presence presence = application.getBean(Presence.class);
        TestClient ann = TestClient.connected(port).subscribe("one", "/topic/rooms/milk");
        ann.abort();
        await().until(() -> EVENTS.stream().anyMatch(PersonLeft.class::isInstance));
        assertThat(presence.count("/topic/rooms/milk")).isZero();
        assertThat(EVENTS).hasSize(2);
    }
}
