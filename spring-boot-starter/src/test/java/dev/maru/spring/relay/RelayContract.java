package dev.maru.spring.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.spring.EnableMaruMessageBroker;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.StompTestClient;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.messaging.simp.broker.BrokerAvailabilityEvent;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.messaging.SessionSubscribeEvent;

/** What an application that relays to another STOMP broker may rely on, whichever broker it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RelayContract {
    private @Nullable ConfigurableApplicationContext application;
    private int port;

    /** Where the broker listens for STOMP. */
    abstract int brokerPort();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class Application implements WebSocketMessageBrokerConfigurer {
        @Value("${relay.port}")
        private int brokerPort;

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/plain");
            registry.addEndpoint("/ws").withSockJS();
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.setApplicationDestinationPrefixes("/app");
            registry.enableStompBrokerRelay("/topic", "/queue")
                    .setRelayHost("localhost")
                    .setRelayPort(brokerPort)
                    .setClientLogin("guest")
                    .setClientPasscode("guest")
                    .setSystemLogin("guest")
                    .setSystemPasscode("guest");
        }

        @Override
        public void configureClientInboundChannel(ChannelRegistration registration) {
            registration.interceptors(new ByLogin());
        }

        @Bean
        Rooms rooms() {
            return new Rooms();
        }

        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        }
    }

    /** Whoever gives a name in CONNECT is that user. */
    private static final class ByLogin implements ChannelInterceptor {
        @Override
        public Message<?> preSend(Message<?> message, MessageChannel channel) {
            StompHeaderAccessor headers = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
            if (headers != null && headers.getMessageType() == SimpMessageType.CONNECT) {
                String name = headers.getFirstNativeHeader("name");
                if (name != null) {
                    headers.setUser(new Named(name));
                }
            }
            return message;
        }
    }

    private record Named(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    @Controller
    static class Rooms {
        private final List<String> happened = new CopyOnWriteArrayList<>();
        private volatile boolean available;

        @MessageMapping("say")
        @SendTo("/topic/said")
        String say(String text) {
            return text;
        }

        @MessageMapping("ask")
        @SendToUser("/queue/answers")
        String ask(String text, Principal user) {
            return user.getName() + " asked " + text;
        }

        @SubscribeMapping("greeting")
        String greeting() {
            return "welcome";
        }

        @EventListener
        void on(BrokerAvailabilityEvent event) {
            available = event.isBrokerAvailable();
        }

        @EventListener
        void on(SessionConnectedEvent event) {
            happened.add("connected");
        }

        @EventListener
        void on(SessionSubscribeEvent event) {
            happened.add("subscribed");
        }

        @EventListener
        void on(SessionDisconnectEvent event) {
            happened.add("disconnected");
        }
    }

    @BeforeEach
    void start() {
        if (application != null) {
            return;
        }
        application = new SpringApplicationBuilder(Application.class)
                .properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn")
                .run("--relay.port=" + brokerPort());
        port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        await().atMost(Duration.ofSeconds(20)).until(() -> application.getBean(Rooms.class).available);
    }

    @AfterAll
    void stop() {
        if (application != null) {
            application.close();
        }
    }

    private StompTestClient connect(String... headers) {
        return StompTestClient.connected(URI.create("ws://localhost:" + port + "/plain"), headers);
    }

    private static List<String> texts(List<ReceivedFrame> frames) {
        return frames.stream().map(ReceivedFrame::text).toList();
    }

    @Test
    void carriesWhatClientsAndTheApplicationPublish() {
        try (StompTestClient ann = connect();
                StompTestClient bob = connect()) {
            ann.subscribed("s", "/topic/said");
            bob.subscribed("s", "/topic/said");
            ann.send("/topic/said", "straight");
            assertThat(bob.await(StompCommand.MESSAGE).text()).isEqualTo("straight");
            bob.send("/app/say", "through the application");
            assertThat(texts(ann.await(StompCommand.MESSAGE, 2)))
                    .containsExactly("straight", "through the application");
            application.getBean(SimpMessagingTemplate.class).convertAndSend("/topic/said", "from a bean");
            assertThat(texts(bob.await(StompCommand.MESSAGE, 2)))
                    .containsExactly("through the application", "from a bean");
        }
    }

    @Test
    void keepsTheOrderOfABurst() {
        try (StompTestClient ann = connect()) {
            ann.subscribed("b", "/topic/burst");
            List<String> sent =
                    IntStream.range(0, 200).mapToObj(Integer::toString).toList();
            sent.forEach(text -> ann.send("/topic/burst", text));
            assertThat(texts(ann.await(StompCommand.MESSAGE, 200))).isEqualTo(sent);
        }
    }

    @Test
    void reachesOneUser() {
        try (StompTestClient ann = connect("name", "ann");
                StompTestClient bob = connect("name", "bob")) {
            ann.subscribed("a", "/user/queue/answers");
            bob.subscribed("a", "/user/queue/answers");
            ann.send("/app/ask", "why");
            assertThat(ann.await(StompCommand.MESSAGE).text()).isEqualTo("ann asked why");
            application.getBean(SimpMessagingTemplate.class).convertAndSendToUser("bob", "/queue/answers", "for bob");
            assertThat(bob.await(StompCommand.MESSAGE).text()).isEqualTo("for bob");
            assertThat(bob.frames().stream().filter(frame -> frame.command() == StompCommand.MESSAGE))
                    .hasSize(1);
            assertThat(application.getBean(SimpUserRegistry.class).getUserCount())
                    .isEqualTo(2);
        }
    }

    @Test
    void answersTheSubscriberOfAnApplicationDestination() {
        try (StompTestClient ann = connect()) {
            ann.subscribe("g", "/app/greeting");
            assertThat(ann.awaitMessage("g").text()).isEqualTo("welcome");
        }
    }

    @Test
    void givesEachMessageOfAQueueToOneConsumer() {
        try (StompTestClient ann = connect();
                StompTestClient bob = connect();
                StompTestClient eve = connect()) {
            ann.subscribed("q", "/queue/work");
            bob.subscribed("q", "/queue/work");
            Stream.of("one", "two", "three", "four").forEach(text -> eve.sendAndAwaitReceipt("/queue/work", text));
            await().untilAsserted(() -> assertThat(Stream.of(ann, bob)
                            .flatMap(client -> client.frames().stream())
                            .filter(frame -> frame.command() == StompCommand.MESSAGE)
                            .map(ReceivedFrame::text))
                    .containsExactlyInAnyOrder("one", "two", "three", "four"));
        }
    }

    @Test
    void servesSockJsAndTellsListeners() {
        Rooms rooms = application.getBean(Rooms.class);
        await().until(() -> application.getBean(SimpUserRegistry.class).getUserCount() == 0);
        rooms.happened.clear();
        try (StompTestClient ann = StompTestClient.at(URI.create("ws://localhost:" + port + "/ws"))
                .sockJs()
                .open()) {
            ann.connect();
            ann.subscribed("s", "/topic/said");
            ann.send("/app/say", "안녕");
            assertThat(ann.await(StompCommand.MESSAGE).text()).isEqualTo("안녕");
        }
        await().until(() -> rooms.happened.size() == 3);
        assertThat(rooms.happened).containsExactly("connected", "subscribed", "disconnected");
    }
}
