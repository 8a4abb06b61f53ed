package dev.maru.spring.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.spring.EnableMaruMessageBroker;
import dev.maru.spring.web.OwnPort;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.StompTestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** A servlet application on Tomcat: Spring's transport in front, Maru's engine behind it. */
class ServletApplicationTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> HAPPENED = new CopyOnWriteArrayList<>();
    private static final CountDownLatch OPEN = new CountDownLatch(1);

    private static ConfigurableApplicationContext application;
    private static int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class Application implements WebSocketMessageBrokerConfigurer {

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/ws").withSockJS().setInterceptors(new Stamp());
            registry.addEndpoint("/plain").setHandshakeHandler(new ByName()).addInterceptors(new Stamp());
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic", "/queue");
            registry.setApplicationDestinationPrefixes("/app");
        }

        @Override
        public void configureWebSocketTransport(WebSocketTransportRegistration registry) {
            registry.setSendTimeLimit(5_000).addDecoratorFactory(handler -> new WebSocketHandlerDecorator(handler) {
                @Override
                public void afterConnectionEstablished(WebSocketSession session) throws Exception {
                    HAPPENED.add("decorated");
                    super.afterConnectionEstablished(session);
                }
            });
        }

        @Bean
        Echo echo() {
            return new Echo();
        }
    }

    @Controller
    @RestController
    static class Echo {

        @GetMapping("/hello")
        String hello() {
            return "hello";
        }

        @MessageMapping("echo")
        @SendTo("/topic/echo")
        String echo(String text) {
            return text;
        }

        @MessageMapping("slow")
        @SendTo("/topic/echo")
        String slow(String text) throws InterruptedException {
            OPEN.await();
            return Integer.toString(text.length());
        }

        @MessageMapping("whoami")
        @SendTo("/topic/echo")
        String whoami(Principal user, SimpMessageHeaderAccessor headers) {
            return user + " "
                    + Objects.requireNonNull(headers.getSessionAttributes()).get("stamp");
        }

        @EventListener
        void on(SessionConnectedEvent event) {
            HAPPENED.add("connected");
        }

        @EventListener
        void on(SessionDisconnectEvent event) {
            HAPPENED.add("disconnected " + event.getCloseStatus().getCode());
        }
    }

    /** Whoever gives a name in the query is that user. */
    private static final class ByName extends DefaultHandshakeHandler {
        @Override
        protected @Nullable Principal determineUser(
                ServerHttpRequest request, WebSocketHandler handler, Map<String, Object> attributes) {
            String query = request.getURI().getQuery();
            return query == null ? null : new Named(query);
        }
    }

    private record Named(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    private static final class Stamp implements HandshakeInterceptor {
        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            attributes.put("stamp", "stamped");
            return true;
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                @Nullable Exception failure) {}
    }

    @BeforeAll
    static void start() {
        application = start(Application.class);
        port = port(application);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static ConfigurableApplicationContext start(Class<?> source, String... arguments) {
        return new SpringApplicationBuilder(source)
                .properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn")
                .run(arguments);
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static URI uri(int port, String path) {
        return URI.create("ws://localhost:" + port + path);
    }

    private static String get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Test
    void leavesThePagesAndTheEndpointsOnTheServletPort() throws Exception {
        assertThat(((WebServerApplicationContext) application).getWebServer()).isInstanceOf(TomcatWebServer.class);
        assertThat(get(port, "/hello")).isEqualTo("200 hello");
        assertThat(get(port, "/ws/info")).startsWith("200 ").contains("\"websocket\":true");
    }

    @Test
    void servesStompOverWebSocket() {
        try (StompTestClient jane = StompTestClient.connected(uri(port, "/plain"))) {
            assertThat(jane.frames().getFirst().header("heart-beat")).isEqualTo("1000,10000");
            ReceivedFrame receipt = jane.subscribed("e", "/topic/echo");
            assertThat(receipt.command()).isEqualTo(StompCommand.RECEIPT);
            jane.send("/app/echo", "안녕");
            assertThat(jane.awaitMessage("e").text()).isEqualTo("안녕");
        }
    }

    @Test
    void servesStompOverSockJs() {
        try (StompTestClient jane =
                StompTestClient.at(uri(port, "/ws")).sockJs().open()) {
            jane.connect();
            jane.subscribed("e", "/topic/echo");
            String text = "x".repeat(12_000);
            jane.send("/app/echo", text);
            assertThat(jane.awaitMessage("e").text()).isEqualTo(text);
        }
    }

    @Test
    void keepsTheOrderOfABurst() {
        try (StompTestClient jane = StompTestClient.connected(uri(port, "/plain"))) {
            jane.subscribed("b", "/topic/burst");
            List<String> sent =
                    IntStream.range(0, 200).mapToObj(Integer::toString).toList();
            sent.forEach(text -> jane.send("/topic/burst", text));
            assertThat(jane.await(StompCommand.MESSAGE, 200))
                    .extracting(ReceivedFrame::text)
                    .isEqualTo(sent);
        }
    }

    @Test
    void takesAFrameThatIsLongerThanTheContainersBuffer() {
        try (StompTestClient jane = StompTestClient.connected(uri(port, "/plain"))) {
            jane.subscribed("l", "/topic/long");
            String text = "긴 글 ".repeat(20_000);
            jane.send("/topic/long", text);
            assertThat(jane.awaitMessage("l").text()).isEqualTo(text);
        }
    }

    @Test
    void sendsBytesThatAreNoTextAsBinaryMessages() {
        try (StompTestClient jane = StompTestClient.connected(uri(port, "/plain"))) {
            jane.subscribed("b", "/topic/bytes");
            byte[] bytes = {(byte) 0xFF, 0, 1};
            jane.send(
                    StompCommand.SEND,
                    dev.maru.stomp.StompHeaders.of("destination", "/topic/bytes", "content-length", "3"),
                    bytes);
            assertThat(jane.awaitMessage("b").body()).isEqualTo(bytes);
        }
    }

    @Test
    void givesTheApplicationWhatItsHandshakeHasFound() {
        try (StompTestClient jane = StompTestClient.connected(uri(port, "/plain?jane"))) {
            assertThat(jane.frames().getFirst().header("user-name")).isEqualTo("jane");
            jane.subscribed("w", "/topic/echo");
            jane.send("/app/whoami", "");
            assertThat(jane.awaitMessage("w").text()).isEqualTo("Named[name=jane] stamped");
        }
    }

    @Test
    void tellsListenersOfSessionsAndDecoratesItsHandlers() {
        HAPPENED.clear();
        StompTestClient.connected(uri(port, "/plain")).close();
        await().until(() -> HAPPENED.size() == 3);
        assertThat(HAPPENED).containsExactly("decorated", "connected", "disconnected 1000");
    }

    @Test
    void closesAfterItHasSaidWhatIsWrong() {
        try (StompTestClient jane = StompTestClient.connected(uri(port, "/plain"))) {
            jane.sendRawText("NONSENSE\n\n\0");
            assertThat(jane.await(StompCommand.ERROR).header("code")).isEqualTo("4001");
            assertThat(jane.awaitClosed().code()).isEqualTo(1002);
        }
    }

    @Test
    void readsNoMoreThanItCanHandleAndLosesNothing() {
        try (StompTestClient jane = StompTestClient.connected(uri(port, "/plain"))) {
            jane.subscribed("e", "/topic/echo");
            String text = "y".repeat(4_000);
            for (int i = 0; i < 700; i++) {
                jane.send("/app/slow", text + "y".repeat(i));
            }
            OPEN.countDown();
            List<ReceivedFrame> answers = jane.await(StompCommand.MESSAGE, 700);
            assertThat(answers)
                    .extracting(ReceivedFrame::text)
                    .isEqualTo(IntStream.range(4_000, 4_700)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void sendsItsClientsAwayWhenItStops() {
        ConfigurableApplicationContext other = start(Application.class);
        try (StompTestClient jane = StompTestClient.connected(uri(port(other), "/plain"))) {
            other.close();
            assertThat(jane.awaitClosed().code()).isEqualTo(1012);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class WithOwnPort implements WebSocketMessageBrokerConfigurer {

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/ws").setAllowedOriginPatterns("*").withSockJS();
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic");
            registry.setApplicationDestinationPrefixes("/app");
        }

        @Bean
        Echo echo() {
            return new Echo();
        }
    }

    @Test
    void movesTheEndpointsToAPortOfTheEnginesOwn() throws Exception {
        try (ConfigurableApplicationContext moved = start(WithOwnPort.class, "--maru.port=0")) {
            int own = Objects.requireNonNull(moved.getBean(OwnPort.class).address())
                    .getPort();
            assertThat(get(port(moved), "/hello")).isEqualTo("200 hello");
            assertThat(get(port(moved), "/ws/info")).startsWith("404 ");
            assertThat(get(own, "/ws/info")).startsWith("200 ");
            assertThat(get(own, "/hello")).startsWith("404 ");
            try (StompTestClient jane = StompTestClient.connected(uri(own, "/ws"))) {
                jane.subscribed("e", "/topic/echo");
                jane.send("/app/echo", "over there");
                assertThat(jane.awaitMessage("e").text()).isEqualTo("over there");
            }
        }
    }
}
