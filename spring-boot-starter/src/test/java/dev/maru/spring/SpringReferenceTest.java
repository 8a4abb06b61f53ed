package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.maru.stomp.StompCommand;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** What Spring's reference documentation promises of messaging applications, over real sockets. */
class SpringReferenceTest {
    private static final byte[] KEY = "a key of thirty-two bytes, or more".getBytes(StandardCharsets.UTF_8);

    private static ConfigurableApplicationContext application;
    private static int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class Application implements WebSocketMessageBrokerConfigurer {

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/ws")
                    .setAllowedOriginPatterns("https://*.example.org", "https://partner.test:[8443]");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic", "/queue");
            registry.setApplicationDestinationPrefixes("/app");
        }

        @Override
        public void configureClientInboundChannel(ChannelRegistration registration) {
            registration.interceptors(new JwtInterceptor(), new Rules());
        }

        @Bean
        Corners corners(SimpMessagingTemplate template) {
            return new Corners(template);
        }

        @Bean
        Advice advice() {
            return new Advice();
        }
    }

    /** As every tutorial on JWT over STOMP has it. */
    private static final class JwtInterceptor implements ChannelInterceptor {
        @Override
        public Message<?> preSend(Message<?> message, MessageChannel channel) {
            StompHeaderAccessor accessor = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
            if (accessor != null
                    && accessor.getCommand() == org.springframework.messaging.simp.stomp.StompCommand.CONNECT) {
                String token = accessor.getFirstNativeHeader("Authorization");
                if (token != null) {
                    accessor.setUser(new Named(subject(token.substring("Bearer ".length()))));
                }
            }
            return message;
        }

        private static String subject(String token) {
            try {
                SignedJWT jwt = SignedJWT.parse(token);
                if (!jwt.verify(new MACVerifier(KEY))) {
                    throw new MessagingException("a forged token");
                }
                return jwt.getJWTClaimsSet().getSubject();
            } catch (java.text.ParseException | com.nimbusds.jose.JOSEException e) {
                throw new MessagingException("no token", e);
            }
        }
    }

    private record Named(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    /** Rules by destination and type of message, as Spring Security's: admins alone may hear, nobody may shout. */
    private static final class Rules implements ChannelInterceptor {
        @Override
        public Message<?> preSend(Message<?> message, MessageChannel channel) {
            SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
            String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
            Principal user = SimpMessageHeaderAccessor.getUser(message.getHeaders());
            boolean admin = user != null && user.getName().equals("admin");
            if (destination != null
                    && ((type == SimpMessageType.SUBSCRIBE && destination.startsWith("/topic/admin") && !admin)
                            || (type == SimpMessageType.MESSAGE && destination.startsWith("/topic/")))) {
                throw new MessagingException("not allowed");
            }
            return message;
        }
    }

    @Controller
    static class Corners {
        private final SimpMessagingTemplate template;

        Corners(SimpMessagingTemplate template) {
            this.template = template;
        }

        @MessageMapping("/something*")
        @SendTo("/topic/heard")
        String star(@Header("simpDestination") String destination) {
            return "star " + destination;
        }

        @MessageMapping("/rooms/{room}/{action}")
        @SendTo("/topic/heard")
        String variables(@DestinationVariable String room, @DestinationVariable("action") String what) {
            return what + " in " + room;
        }

        @MessageMapping("/deep/**")
        @SendTo("/topic/heard")
        String deep(@Header("simpDestination") String destination) {
            return "deep " + destination;
        }

        @MessageMapping("/topics/{name}")
        @SendTo("/topic/named/{name}")
        String placeholder(@DestinationVariable String name) {
            return "to " + name;
        }

        @MessageMapping("/default")
        String byDefault(String text) {
            return text;
        }

        @SubscribeMapping("/greeting/{name}")
        String greeting(@DestinationVariable String name) {
            return "welcome, " + name;
        }

        @SubscribeMapping("/announced")
        @SendTo("/topic/heard")
        String announced() {
            return "somebody has subscribed";
        }

        @MessageMapping("/accessors")
        @SendTo("/topic/heard")
        String accessors(SimpMessageHeaderAccessor simp, StompHeaderAccessor stomp, MessageHeaderAccessor plain) {
            return simp.getFirstNativeHeader("colour") + " " + stomp.getCommand() + " " + stomp.getDestination() + " "
                    + (plain.getHeader("simpSessionId") != null) + " "
                    + Objects.equals(simp.getSessionId(), stomp.getSessionId());
        }

        @MessageMapping("/attributes")
        @SendTo("/topic/heard")
        String attributes(String text, SimpMessageHeaderAccessor headers) {
            Map<String, Object> attributes = Objects.requireNonNull(headers.getSessionAttributes());
            return attributes.put("before", text) + " before " + text;
        }

        @MessageMapping("/fail")
        void fail(String text) {
            throw new IllegalStateException(text);
        }

        @MessageMapping("/advised")
        void advised() {
            throw new UnsupportedOperationException("advised");
        }

        @MessageExceptionHandler
        @SendToUser(destinations = "/queue/errors", broadcast = false)
        String handle(IllegalStateException failure, Message<?> message) {
            return "handled " + failure.getMessage();
        }

        @MessageMapping("/tell/{name}")
        void tell(@DestinationVariable String name, String text, Principal user) {
            template.convertAndSendToUser(name, "/queue/private", user.getName() + ": " + text);
        }
    }

    @ControllerAdvice
    static class Advice {
        @MessageExceptionHandler
        @SendToUser(destinations = "/queue/errors", broadcast = false)
        String handle(UnsupportedOperationException failure) {
            return "as " + failure.getMessage();
        }
    }

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(new String[0], Application.class);
        port = RunningTutorial.port(application);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static String heard(String destination, String body, String... headers) {
        try (TestClient client = TestClient.connected(port).subscribe("h", "/topic/heard")) {
            client.sendTo(destination, body, headers);
            return TestClient.body(client.await(StompCommand.MESSAGE, "subscription:h\n"));
        }
    }

    private static String token(String name, byte[] key) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder().subject(name).build());
        jwt.sign(new MACSigner(key));
        return jwt.serialize();
    }

    @Test
    void matchesAntPatternsAndTheVariablesOfPaths() {
        assertThat(heard("/app/somethingElse", "")).isEqualTo("star /app/somethingElse");
        assertThat(heard("/app/rooms/tea/drink", "")).isEqualTo("drink in tea");
        assertThat(heard("/app/deep/er/and/deeper", "")).isEqualTo("deep /app/deep/er/and/deeper");
    }

    @Test
    void putsVariablesOfPathsIntoTheDestinationOfSendTo() {
        try (TestClient client = TestClient.connected(port).subscribe("n", "/topic/named/tea")) {
            client.sendTo("/app/topics/tea", "");
            assertThat(client.await(StompCommand.MESSAGE)).endsWith("\n\nto tea");
        }
    }

    @Test
    void sendsToTheTopicOfTheMappingWithoutSendTo() {
        try (TestClient client = TestClient.connected(port).subscribe("d", "/topic/default")) {
            client.sendTo("/app/default", "by default");
            assertThat(client.await(StompCommand.MESSAGE)).endsWith("\n\nby default");
        }
    }

    @Test
    void answersTheSubscriberAloneUnlessSendToSaysOtherwise() {
        try (TestClient ann = TestClient.connected(port).subscribe("h", "/topic/heard");
                TestClient bob = TestClient.connected(port)) {
            bob.send(StompCommand.SUBSCRIBE, "", "id:g", "destination:/app/greeting/bob");
            assertThat(bob.await(StompCommand.MESSAGE, "subscription:g\n")).endsWith("\n\nwelcome, bob");
            bob.send(StompCommand.SUBSCRIBE, "", "id:a", "destination:/app/announced");
            assertThat(ann.await(StompCommand.MESSAGE)).endsWith("\n\nsomebody has subscribed");
            assertThat(bob.received(StompCommand.MESSAGE, "subscription:a\n")).isEmpty();
        }
    }

    @Test
    void givesMethodsTheThreeHeaderAccessors() {
        assertThat(heard("/app/accessors", "", "colour:red")).isEqualTo("red SEND /app/accessors true true");
    }

    @Test
    void keepsTheAttributesOfASession() {
        try (TestClient client = TestClient.connected(port).subscribe("h", "/topic/heard")) {
            client.sendTo("/app/attributes", "one").sendTo("/app/attributes", "two");
            client.await(StompCommand.MESSAGE, "null before one");
            client.await(StompCommand.MESSAGE, "one before two");
        }
    }

    @Test
    void handlesExceptionsWhereMessageExceptionHandlersAre() {
        try (TestClient client = TestClient.connected(port).subscribe("e", "/user/queue/errors")) {
            client.sendTo("/app/fail", "badly");
            client.await(StompCommand.MESSAGE, "handled badly");
            client.sendTo("/app/advised", "");
            client.await(StompCommand.MESSAGE, "as advised");
        }
    }

    @Controller
    static class Mistaken {
        @MessageMapping("/mistaken")
        void mistaken() {}

        @ExceptionHandler
        void handle(IllegalStateException failure) {}
    }

    @Test
    void hintsAtTheStartThatAMereExceptionHandlerIsNeverAsked() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.maru.spring.messaging.ExceptionHandlerHint");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            RunningTutorial.start(new String[0], Application.class, Mistaken.class)
                    .close();
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("Mistaken", "@ExceptionHandler", "@MessageExceptionHandler");
    }

    @Test
    void letsPagesOfTheOriginsThatPatternsNameConnect() {
        TestClient.openFrom("https://shop.example.org", port, "/ws").connect().close();
        TestClient.openFrom("https://partner.test:8443", port, "/ws").connect().close();
        assertThatThrownBy(() -> TestClient.openFrom("https://example.com", port, "/ws"))
                .hasRootCauseMessage("Unexpected HTTP response status code 403");
        assertThatThrownBy(() -> TestClient.openFrom("https://partner.test", port, "/ws"))
                .hasRootCauseMessage("Unexpected HTTP response status code 403");
    }

    @Test
    void knowsWhoeverAnInterceptorOfConnectHasSeenTheTokenOf() throws Exception {
        try (TestClient jane = TestClient.connected(port, "Authorization:Bearer " + token("jane", KEY))
                        .subscribe("p", "/user/queue/private");
                TestClient bob = TestClient.connected(port, "Authorization:Bearer " + token("bob", KEY))
                        .subscribe("p", "/user/queue/private")) {
            assertThat(jane.await(StompCommand.CONNECTED)).contains("user-name:jane\n");
            bob.sendTo("/app/tell/jane", "psst");
            assertThat(jane.await(StompCommand.MESSAGE))
                    .contains("destination:/user/queue/private\n")
                    .endsWith("\n\nbob: psst");
            assertThat(bob.received(StompCommand.MESSAGE)).isEmpty();
        }
    }

    @Test
    void refusesWhoeverAnInterceptorOfConnectDoesNotBelieve() throws Exception {
        byte[] other = KEY.clone();
        other[0]++;
        try (TestClient liar = TestClient.open(port, "/ws")) {
            liar.send(StompCommand.CONNECT, "", "accept-version:1.2", "Authorization:Bearer " + token("jane", other));
            liar.await(StompCommand.ERROR);
            liar.awaitClose();
        }
    }

    @Test
    void keepsTheRulesOfAnInterceptorByDestinationAndType() throws Exception {
        try (TestClient admin = TestClient.connected(port, "Authorization:Bearer " + token("admin", KEY))
                        .subscribe("a", "/topic/admin");
                TestClient jane = TestClient.connected(port).subscribe("e", "/user/queue/errors")) {
            jane.send(StompCommand.SUBSCRIBE, "", "id:a", "destination:/topic/admin", "receipt:s");
            jane.await(StompCommand.MESSAGE, "receipt-id:s\n", "code:4203\n");
            jane.sendTo("/topic/admin", "shouted", "receipt:m");
            jane.await(StompCommand.MESSAGE, "receipt-id:m\n", "code:4203\n");
            application.getBean(SimpMessagingTemplate.class).convertAndSend("/topic/admin", "for admins");
            assertThat(admin.await(StompCommand.MESSAGE)).endsWith("\n\nfor admins");
            assertThat(admin.received(StompCommand.MESSAGE)).hasSize(1);
        }
    }
}
