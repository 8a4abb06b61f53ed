package dev.maru.spring.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.broker.BrokerAvailabilityEvent;
import org.springframework.messaging.simp.config.AbstractMessageBrokerConfiguration;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompBrokerRelayMessageHandler;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.web.socket.messaging.DefaultSimpUserRegistry;

/**
 * Another Spring application that uses Maru as its message broker, by {@code enableStompBrokerRelay}. Its WebSocket
 * clients are what they are to the relay: messages on its inbound and outbound channels.
 */
class BrokerRelayTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static ConfigurableApplicationContext broker;
    private static AnnotationConfigApplicationContext application;

    @BeforeAll
    static void start() {
        broker = RunningBroker.start("maru.limits.heart-beat-send=500ms", "maru.limits.heart-beat-receive=500ms");
        application = new AnnotationConfigApplicationContext();
        application.registerBean("brokerPort", Integer.class, () -> RunningBroker.tcpPort(broker));
        application.register(RelayApplication.class);
        application.refresh();
        await().atMost(SOON).until(() -> availability().contains(true));
    }

    @AfterAll
    static void stop() {
        application.close();
        broker.close();
    }

    @Test
    void isAvailableOnceItsSystemSessionIsConnected() {
        assertThat(application.getBean(StompBrokerRelayMessageHandler.class).isBrokerAvailable())
                .isTrue();
    }

    @Test
    void relaysSubscriptionsAndMessagesOfItsClients() throws Exception {
        Client jane = new Client("jane").connect();
        Client bob = new Client("bob").connect();
        jane.subscribe("/topic/tea");
        bob.subscribe("/topic/tea");

        bob.send("/topic/tea", "안녕");

        assertThat(jane.next(StompCommand.MESSAGE)).isEqualTo("안녕");
        assertThat(bob.next(StompCommand.MESSAGE)).isEqualTo("안녕");
    }

    @Test
    void carriesWhatTheApplicationPublishesOverItsSystemSession() throws Exception {
        Client jane = new Client("jane-2").connect();
        jane.subscribe("/topic/news");

        application.getBean(SimpMessagingTemplate.class).convertAndSend("/topic/news", "fresh".getBytes(UTF_8));

        assertThat(jane.next(StompCommand.MESSAGE)).isEqualTo("fresh");
    }

    @Test
    void tellsAClientByAReceiptThatItIsSubscribedAndDisconnected() throws Exception {
        Client jane = new Client("jane-3").connect();

        jane.subscribe("/topic/quiet");
        StompHeaderAccessor bye = jane.frame(StompCommand.DISCONNECT);
        bye.setReceipt("bye");
        jane.tell(bye, "");

        jane.next(StompCommand.RECEIPT);
    }

    @Test
    void survivesSilenceBecauseBothSidesSendHeartBeats() throws Exception {
        Client jane = new Client("jane-4").connect();
        jane.subscribe("/topic/silence");
        long since = System.nanoTime();

        await().atMost(SOON)
                .until(() -> System.nanoTime() - since > Duration.ofMillis(2500).toNanos());

        assertThat(availability()).containsExactly(true);
        jane.send("/topic/silence", "still here");
        assertThat(jane.next(StompCommand.MESSAGE)).isEqualTo("still here");
    }

    private static List<Boolean> availability() {
        return application.getBean(Availability.class).heard;
    }

    /** What the relay said of its broker. */
    static final class Availability implements ApplicationListener<BrokerAvailabilityEvent> {
        private final List<Boolean> heard = new CopyOnWriteArrayList<>();

        @Override
        public void onApplicationEvent(BrokerAvailabilityEvent event) {
            heard.add(event.isBrokerAvailable());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class RelayApplication extends AbstractMessageBrokerConfiguration {
        static final Map<String, BlockingQueue<Message<?>>> CLIENTS = new ConcurrentHashMap<>();

        private final int port;

        RelayApplication(Integer brokerPort) {
            this.port = brokerPort;
        }

        @Bean
        Availability availability() {
            return new Availability();
        }

        @Override
        protected void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableStompBrokerRelay("/topic", "/queue")
                    .setRelayHost("localhost")
                    .setRelayPort(port)
                    .setSystemLogin("system")
                    .setSystemPasscode("secret")
                    .setSystemHeartbeatSendInterval(500)
                    .setSystemHeartbeatReceiveInterval(500);
        }

        @Override
        protected void configureClientOutboundChannel(ChannelRegistration registration) {
            registration.interceptors(new ChannelInterceptor() {
                @Override
                public Message<?> preSend(Message<?> message, MessageChannel channel) {
                    String session = SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
                    if (session != null && CLIENTS.containsKey(session)) {
                        CLIENTS.get(session).add(message);
                    }
                    return message;
                }
            });
        }

        @Override
        protected SimpUserRegistry createLocalUserRegistry(Integer order) {
            return new DefaultSimpUserRegistry();
        }
    }

    /** A WebSocket client of the other application. */
    private static final class Client {
        private final String session;
        private final BlockingQueue<Message<?>> heard = new LinkedBlockingQueue<>();

        Client(String session) {
            this.session = session;
            RelayApplication.CLIENTS.put(session, heard);
        }

        Client connect() throws InterruptedException {
            StompHeaderAccessor connect = frame(StompCommand.CONNECT);
            connect.setAcceptVersion("1.1,1.2");
            connect.setHost("localhost");
            connect.setHeartbeat(0, 0);
            tell(connect, "");
            next(StompCommand.CONNECTED);
            return this;
        }

        void subscribe(String destination) throws InterruptedException {
            StompHeaderAccessor subscribe = frame(StompCommand.SUBSCRIBE);
            subscribe.setSubscriptionId("s");
            subscribe.setDestination(destination);
            subscribe.setReceipt("subscribed");
            tell(subscribe, "");
            next(StompCommand.RECEIPT);
        }

        void send(String destination, String text) {
            StompHeaderAccessor send = frame(StompCommand.SEND);
            send.setDestination(destination);
            tell(send, text);
        }

        StompHeaderAccessor frame(StompCommand command) {
            StompHeaderAccessor headers = StompHeaderAccessor.create(command);
            headers.setSessionId(session);
            return headers;
        }

        void tell(StompHeaderAccessor headers, String body) {
            application
                    .getBean("clientInboundChannel", MessageChannel.class)
                    .send(MessageBuilder.createMessage(body.getBytes(UTF_8), headers.getMessageHeaders()));
        }

        /** The body of the next frame of this kind; heart-beats are passed over. */
        String next(StompCommand command) throws InterruptedException {
            while (true) {
                Message<?> message = heard.poll(SOON.toSeconds(), TimeUnit.SECONDS);
                assertThat(message).as("a frame for " + session).isNotNull();
                StompHeaderAccessor headers = StompHeaderAccessor.wrap(message);
                if (headers.getMessageType() != SimpMessageType.HEARTBEAT) {
                    assertThat(headers.getCommand()).isEqualTo(command);
                    return new String((byte[]) message.getPayload(), UTF_8);
                }
            }
        }
    }
}
