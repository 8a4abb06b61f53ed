package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

class WebSocketHandlersTest {
    private static final int MANY = 450;

    /** By the query of the client's address, so that no test hears of another's clients. */
    private static final Map<String, BlockingQueue<String>> EVENTS = new ConcurrentHashMap<>();

    private static ConfigurableApplicationContext application;
    private static int port;

    @BeforeAll
    static void start() {
        application = RunningTutorial.start(
                new String[] {"--maru.limits.socket-message-size=16KB", "--maru.limits.socket-unsent-size=256KB"},
                Handlers.class);
        port = RunningTutorial.port(application);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void tellsAHandlerTheLifeOfASessionInOrder() throws Exception {
        try (RawClient client = RawClient.at(port, "/raw?name=jane")) {
            IntStream.range(0, 500).forEach(i -> client.send("안녕 " + i));
            for (int i = 0; i < 500; i++) {
                assertThat(client.next()).isEqualTo("echo 안녕 " + i);
            }
            client.send(new byte[] {0, (byte) 0xFF});
            assertThat(client.next()).isEqualTo("\u0000\u00ff");
            client.end(4321, "잘 있어");
            assertThat(event("name=jane")).isEqualTo("open name=jane");
            assertThat(event("name=jane")).isEqualTo("closed 4321 잘 있어");
        }
    }

    @Test
    void servesTheSameHandlerOverSockJs() throws Exception {
        try (RawClient client = RawClient.at(port, "/sock/000/one/websocket")) {
            assertThat(client.next()).isEqualTo("o");
            client.send("[\"a\",\"b\"]");
            assertThat(client.next()).isEqualTo("a[\"echo a\"]");
            assertThat(client.next()).isEqualTo("a[\"echo b\"]");
            client.send("[\"close\"]");
            assertThat(client.next()).isEqualTo("c[4000,\"genug \\\"jetzt\\\" 그만\"]");
            assertThat(client.next()).isEqualTo("closed 4000 genug \"jetzt\" 그만");
        }
        assertThat(post("/sock/000/two/xhr", "")).isEqualTo("o\n");
        assertThat(post("/sock/000/two/xhr_send", "[\"안녕\"]")).isEmpty();
        assertThat(post("/sock/000/two/xhr", "")).isEqualTo("a[\"echo 안녕\"]\n");
    }

    @Test
    void tellsOfABrokenConnectionBeforeItsEnd() throws Exception {
        RawClient.at(port, "/raw?broken").breakOff();
        assertThat(event("broken")).startsWith("open");
        assertThat(event("broken")).isEqualTo("error " + EOFException.class.getSimpleName());
        assertThat(event("broken")).isEqualTo("closed 1006 null");
    }

    @Test
    void closesASessionWhoseHandlerFails() throws Exception {
        try (RawClient client = RawClient.at(port, "/raw?fails")) {
            assertThat(client.send("fail").next()).isEqualTo("closed 1011 server-error");
            assertThat(event("fails")).startsWith("open");
            assertThat(event("fails")).isEqualTo("closed 1011 server-error");
        }
    }

    @Test
    void closesWhoSendsTooMuchAtOnce() throws Exception {
        try (RawClient client = RawClient.at(port, "/raw")) {
            assertThat(client.send("x".repeat(16 * 1024)).next()).hasSize(16 * 1024 + 5);
            assertThat(client.send("x".repeat(16 * 1024 + 1)).next()).startsWith("closed 1009");
        }
    }

    @Test
    void closesASlowReaderAndNobodyWaitsForIt() throws Exception {
        try (RawClient slow = RawClient.deaf(port, "/flood?slow");
                RawClient other = RawClient.at(port, "/raw")) {
            assertThat(other.send("still served").next()).isEqualTo("echo still served");
            slow.send("flood");
            assertThat(event("slow")).startsWith("open");
            assertThat(event("slow")).isEqualTo("flooded");
            assertThat(event("slow")).isEqualTo("error " + IOException.class.getSimpleName());
            assertThat(event("slow")).isEqualTo("closed 4001 slow-consumer");
            slow.readOn();
            String last = slow.next();
            for (int i = 0; last.startsWith(i + " "); i++) {
                last = slow.next();
            }
            assertThat(last).isEqualTo("closed 4001 slow-consumer");
        }
    }

    @Test
    void doesNotReadFromWhomItsHandlerCannotKeepUpWith() throws Exception {
        try (RawClient client = RawClient.at(port, "/gate")) {
            AtomicInteger sent = new AtomicInteger();
            Thread.startVirtualThread(() -> {
                while (sent.get() < MANY) {
                    client.send(sent.get() + " " + "x".repeat(16_000));
                    sent.incrementAndGet();
                }
            });
            AtomicInteger before = new AtomicInteger(-1);
            await().during(Duration.ofMillis(500)).until(() -> before.getAndSet(sent.get()) == sent.get());
            assertThat(sent).hasValueLessThan(MANY);

            Handlers.GATE.put("open");
            for (int i = 0; i < MANY; i++) {
                assertThat(client.next()).isEqualTo("taken " + i);
            }
        }
    }

    @Test
    void letsInterceptorsNoteThingsAndRefuse() throws Exception {
        try (RawClient client = RawClient.at(port, "/asked?room=tea")) {
            assertThat(client.send("room").next()).isEqualTo("tea");
        }
        assertThatThrownBy(() -> RawClient.at(port, "/asked?room=closed")).hasMessageContaining("WebSocketHandshake");
        assertThatThrownBy(() -> RawClient.at(port, "/asked")).hasMessageContaining("WebSocketHandshake");
    }

    @Test
    void keepsToTheOriginsThatWereRegistered() throws Exception {
        try (RawClient friend = RawClient.from("https://a.example.org", port, "/asked?room=tea")) {
            assertThat(friend.send("room").next()).isEqualTo("tea");
        }
        assertThatThrownBy(() -> RawClient.from("https://example.com", port, "/asked?room=tea"))
                .hasMessageContaining("WebSocketHandshake");
        assertThatThrownBy(() -> RawClient.from("https://a.example.org", port, "/raw"))
                .hasMessageContaining("WebSocketHandshake");
    }

    @Test
    void sendsClientsAwayWhenTheApplicationStops() throws Exception {
        ConfigurableApplicationContext stopping = RunningTutorial.start(new String[0], Handlers.class);
        try (RawClient client = RawClient.at(RunningTutorial.port(stopping), "/raw?stops")) {
            client.send("here").next();
            stopping.close();
            assertThat(client.next()).startsWith("closed 1012 server-shutdown; reconnect-delay=");
            assertThat(event("stops")).startsWith("open");
            assertThat(event("stops")).startsWith("closed 1012 server-shutdown");
        }
    }

    @Test
    void saysAtTheStartThatNobodyAsksAConfigurer() {
        assertThatThrownBy(() -> RunningTutorial.start(new String[0], Forgotten.class))
                .rootCause()
                .hasMessageContaining("@EnableMaruWebSocket");
    }

    private static BlockingQueue<String> events(String client) {
        return EVENTS.computeIfAbsent(client, some -> new LinkedBlockingQueue<>());
    }

    private static BlockingQueue<String> events(WebSocketSession session) {
        return events(String.valueOf(session.getUri().getQuery()));
    }

    private static String event(String client) throws InterruptedException {
        String event = events(client).poll(10, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    private static String post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Forgotten {

        @Bean
        WebSocketConfigurer handlers() {
            return registry -> registry.addHandler(new Recorder(), "/raw");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruWebSocket
    static class Handlers implements WebSocketConfigurer {
        static final BlockingQueue<String> GATE = new LinkedBlockingQueue<>();

        @Override
        public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
            registry.addHandler(new Recorder(), "/raw").addHandler(new Flood(), "/flood");
            registry.addHandler(new Gate(), "/gate");
            registry.addHandler(new Recorder(), "/sock").withSockJS();
            registry.addHandler(new RoomTeller(), "/asked")
                    .setAllowedOriginPatterns("https://*.example.org")
                    .addInterceptors(new RoomInterceptor());
        }
    }

    private static class Recorder extends AbstractWebSocketHandler {

        @Override
        public void afterConnectionEstablished(WebSocketSession session) {
            events(session).add("open " + session.getUri().getQuery());
        }

        @Override
        protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
            switch (message.getPayload()) {
                case "fail" -> throw new IllegalStateException("on purpose");
                case "close" -> session.close(new CloseStatus(4000, "genug \"jetzt\" 그만"));
                default -> session.sendMessage(new TextMessage("echo " + message.getPayload()));
            }
        }

        @Override
        protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) throws Exception {
            session.sendMessage(message);
        }

        @Override
        public void handleTransportError(WebSocketSession session, Throwable error) {
            events(session).add("error " + error.getClass().getSimpleName());
        }

        @Override
        public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
            events(session)
                    .add("closed " + status.getCode() + " "
                            + (status.getReason() == null || status.getReason().isEmpty() ? null : status.getReason()));
        }
    }

    private static final class Flood extends Recorder {

        @Override
        protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
            for (int i = 0; session.isOpen(); i++) {
                session.sendMessage(new TextMessage(i + " " + "x".repeat(8000)));
            }
            events(session).add("flooded");
        }
    }

    private static final class Gate extends TextWebSocketHandler {

        @Override
        protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
            String number = message.getPayload().split(" ")[0];
            if (number.equals("0")) {
                Handlers.GATE.take();
            }
            session.sendMessage(new TextMessage("taken " + number));
        }
    }

    private static final class RoomTeller extends TextWebSocketHandler {

        @Override
        protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
            session.sendMessage(
                    new TextMessage(String.valueOf(session.getAttributes().get(message.getPayload()))));
        }
    }

    private static final class RoomInterceptor implements HandshakeInterceptor {

        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            String query = request.getURI().getQuery();
            attributes.put("room", query == null ? "" : query.substring("room=".length()));
            return List.of("tea", "coffee").contains(attributes.get("room"));
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler, Exception failure) {}
    }
}
