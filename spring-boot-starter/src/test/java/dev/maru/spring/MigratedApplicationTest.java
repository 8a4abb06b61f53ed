package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.stomp.StompCommand;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;

/** An application that was written for Spring's broker, with the one annotation swapped. */
class MigratedApplicationTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class Migrated implements WebSocketMessageBrokerConfigurer {

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/stomp").setAllowedOriginPatterns("*").withSockJS();
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/news").setHeartbeatValue(new long[] {7_000, 8_000});
            registry.setApplicationDestinationPrefixes("/do");
            registry.configureBrokerChannel().interceptors(noting("broker"));
        }

        @Override
        public void configureClientInboundChannel(ChannelRegistration registration) {
            registration.interceptors(noting("inbound"), new Bouncer());
        }

        @Override
        public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
            registry.setMessageSizeLimit(2_000).setSendBufferSizeLimit(50_000).setTimeToFirstMessage(5_000);
        }

        @Bean
        Echo echo() {
            return new Echo();
        }
    }

    @Controller
    static class Echo {

        @MessageMapping("echo")
        @SendTo("/news/echo")
        String echo(String text) {
            return text + " on " + Thread.currentThread().getName();
        }

        @MessageMapping("whoami")
        @SendTo("/news/echo")
        String whoami(Principal user, SimpMessageHeaderAccessor headers) {
            return user + " seen "
                    + Objects.requireNonNull(headers.getSessionAttributes()).get("seen");
        }
    }

    /** Lets nothing pass that says so, and whoever has a ticket is its user. */
    private static final class Bouncer implements ChannelInterceptor {
        @Override
        public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
            StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
            if (accessor != null && accessor.getMessageType() == SimpMessageType.CONNECT) {
                String ticket = accessor.getFirstNativeHeader("ticket");
                Objects.requireNonNull(accessor.getSessionAttributes()).put("seen", "at the door");
                if (ticket != null) {
                    accessor.setUser(new Guest(ticket));
                }
            }
            String wish = accessor == null ? null : accessor.getFirstNativeHeader("wish");
            if ("throw".equals(wish)) {
                throw new IllegalStateException("a secret of the bouncer");
            }
            return "drop".equals(wish) ? null : message;
        }
    }

    /** A principal of the application's own. */
    private record Guest(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    private static final List<String> NOTED = new CopyOnWriteArrayList<>();
    private static final String[] NO_ARGUMENTS = {};

    private final List<AutoCloseable> opened = new ArrayList<>();

    private static ChannelInterceptor noting(String channel) {
        return new ChannelInterceptor() {
            @Override
            public Message<?> preSend(Message<?> message, MessageChannel any) {
                StompHeaderAccessor accessor = StompHeaderAccessor.wrap(message);
                NOTED.add(channel + " " + accessor.getCommand() + " " + accessor.getDestination());
                return message;
            }
        };
    }

    @BeforeEach
    void forget() {
        NOTED.clear();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    private int start(Class<?>... sources) {
        ConfigurableApplicationContext context = RunningTutorial.start(NO_ARGUMENTS, sources);
        opened.add(context);
        return RunningTutorial.port(context);
    }

    private TestClient connect(int port) {
        TestClient client = TestClient.openFrom("https://elsewhere.example", port, "/stomp");
        opened.add(client);
        return client.connect();
    }

    @Test
    void honoursItsConfigurers() {
        TestClient ann = connect(start(Migrated.class)).subscribe("0", "/news/echo");
        assertThat(ann.await(StompCommand.CONNECTED)).contains("heart-beat:7000,8000\n");
        ann.sendTo("/do/echo", "hello");
        ann.await(StompCommand.MESSAGE, "hello on maru-app-");
        assertThat(NOTED)
                .containsExactly(
                        "inbound CONNECT null",
                        "inbound SUBSCRIBE /news/echo",
                        "inbound SEND /do/echo",
                        "broker null /news/echo");

        ann.sendTo("/do/echo", "x".repeat(2_000));
        ann.await(StompCommand.ERROR, "code:4002\n");
    }

    @Test
    void opensNoOtherEndpoints() {
        int port = start(Migrated.class);
        assertThatThrownBy(() -> TestClient.open(port, "/ws"))
                .hasRootCauseMessage("Unexpected HTTP response status code 404");
    }

    @Test
    void tellsTheSenderThatAnInterceptorRefusedItsFrame() {
        TestClient ann = connect(start(Migrated.class)).subscribe("e", "/user/queue/errors");
        ann.sendTo("/do/echo", "", "wish:throw", "receipt:r");
        assertThat(ann.await(StompCommand.MESSAGE, "receipt-id:r\n"))
                .contains("code:4203\n", "message:intercepted\n")
                .doesNotContain("secret");
    }

    @Test
    void dropsAFrameSilentlyUnlessItsReceiptIsAsked() {
        TestClient ann = connect(start(Migrated.class))
                .subscribe("e", "/user/queue/errors")
                .subscribe("0", "/news/echo");
        ann.sendTo("/do/echo", "dropped", "wish:drop");
        ann.sendTo("/do/echo", "dropped", "wish:drop", "receipt:r");
        ann.sendTo("/do/echo", "passed");
        ann.await(StompCommand.MESSAGE, "passed");
        assertThat(ann.received(StompCommand.MESSAGE))
                .hasSize(2)
                .element(0)
                .asString()
                .contains("receipt-id:r\n", "code:4203\n");
    }

    @Test
    void letsAnInterceptorOfConnectSayWhoAClientIs() {
        int port = start(Migrated.class);
        TestClient ann = TestClient.openFrom("https://elsewhere.example", port, "/stomp");
        opened.add(ann);
        ann.connect("ticket:ann");
        assertThat(ann.await(StompCommand.CONNECTED)).contains("user-name:ann\n");
        ann.subscribe("0", "/news/echo").sendTo("/do/whoami", "");
        ann.await(StompCommand.MESSAGE, "Guest[name=ann] seen at the door");
    }

    @Test
    void letsAnInterceptorRefuseAConnectAndASubscribe() {
        int port = start(Migrated.class);
        TestClient stranger = TestClient.openFrom("https://elsewhere.example", port, "/stomp");
        opened.add(stranger);
        stranger.send(StompCommand.CONNECT, "", "accept-version:1.2", "wish:throw")
                .await(StompCommand.ERROR, "code:4203\n");
        stranger.awaitClose();

        TestClient ann = connect(port).subscribe("e", "/user/queue/errors");
        ann.send(StompCommand.SUBSCRIBE, "", "id:0", "destination:/news/echo", "wish:drop", "receipt:r");
        ann.await(StompCommand.MESSAGE, "receipt-id:r\n", "code:4203\n");
        ann.sendTo("/do/echo", "nobody listens", "receipt:s");
        ann.await(StompCommand.RECEIPT, "receipt-id:s\n");
        assertThat(ann.received(StompCommand.MESSAGE)).hasSize(1);
    }

    @Test
    void showsInterceptorsWhatClientsPublishThemselvesAndHowTheyLeave() {
        TestClient ann = connect(start(Migrated.class)).subscribe("0", "/news/free");
        ann.sendTo("/news/free", "dropped", "wish:drop");
        ann.sendTo("/news/free", "free speech", "colour:red");
        assertThat(ann.await(StompCommand.MESSAGE)).contains("free speech", "colour:red\n");
        ann.send(StompCommand.UNSUBSCRIBE, "", "id:0");
        ann.close();
        Awaitility.await().until(() -> NOTED.size() == 6);
        assertThat(NOTED)
                .containsExactly(
                        "inbound CONNECT null",
                        "inbound SUBSCRIBE /news/free",
                        "inbound SEND /news/free",
                        "inbound SEND /news/free",
                        "inbound UNSUBSCRIBE null",
                        "inbound DISCONNECT null");
    }

    @Configuration(proxyBeanMethods = false)
    static class OnAPool implements WebSocketMessageBrokerConfigurer {
        @Override
        public void configureClientInboundChannel(ChannelRegistration registration) {
            registration.executor(pool());
        }

        @Bean(destroyMethod = "shutdown")
        ThreadPoolTaskExecutor pool() {
            ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
            pool.setThreadNamePrefix("swimmer-");
            pool.initialize();
            return pool;
        }
    }

    @Test
    void runsMethodsOnTheExecutorThatAConfigurerNames() {
        TestClient ann = connect(start(Migrated.class, OnAPool.class)).subscribe("0", "/news/echo");
        ann.sendTo("/do/echo", "hello", "receipt:r");
        ann.await(StompCommand.MESSAGE, "hello on swimmer-");
        ann.await(StompCommand.RECEIPT, "receipt-id:r\n");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Unannotated implements WebSocketMessageBrokerConfigurer {}

    @Test
    void doesNotStartWithAConfigurerThatNobodyAsks() {
        assertThatThrownBy(() -> start(Unannotated.class)).rootCause().hasMessageContaining("@EnableMaruMessageBroker");
    }
}
