package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.spring.tutorial.HeldLog;
import dev.maru.spring.tutorial.TutorialApplication;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.StompTestClient;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.SimpMessagingTemplate;

/** WebSocket, SockJS, pages and actuator at one port. */
class OnePortTest {
    @RegisterExtension
    static final RunningTutorial SERVER = new RunningTutorial();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void leavesTheApplicationsPagesToIt() throws Exception {
        assertThat(get("/hello").body()).isEqualTo("{\"hello\":\"world\"}");
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        HttpRequest echo = request("/echo")
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))
                .build();
        assertThat(http.send(echo, HttpResponse.BodyHandlers.ofString()).body()).hasSize(100_000);
    }

    @Test
    void leavesTheActuatorWhereItIs() throws Exception {
        assertThat(get("/actuator/health").body()).contains("UP");
    }

    @Test
    void servesPagesWhileWebSocketsAreOpen() throws Exception {
        try (TestClient ann = TestClient.connected(SERVER.port())) {
            ann.subscribe("0", "/topic/public");
            assertThat(get("/hello").statusCode()).isEqualTo(200);
            ann.sendTo("/app/first/sendMessage", "{}");
            ann.await(StompCommand.MESSAGE);
        }
    }

    @Test
    void upgradesAConnectionThatServedAPageBefore() throws IOException {
        try (Socket socket = new Socket("localhost", SERVER.port())) {
            socket.setSoTimeout(10_000);
            write(socket, "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(read(socket, "\"world\"}")).startsWith("HTTP/1.1 200");
            write(
                    socket,
                    "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
            assertThat(read(socket, "\r\n\r\n")).startsWith("HTTP/1.1 101");
            // A masked text frame, the mask all zeros: reading goes on after the hand-over.
            byte[] connect = "CONNECT\naccept-version:1.2\n\n\0".getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) (0x80 | connect.length), 0, 0, 0, 0});
            socket.getOutputStream().write(connect);
            assertThat(read(socket, "\0")).contains("CONNECTED");
        }
    }

    @Test
    void servesBothEndpoints() {
        try (TestClient alias = TestClient.open(SERVER.port(), "/ws/chat")) {
            alias.connect();
        }
    }

    @Test
    void servesSockJs() throws Exception {
        assertThat(get("/ws/info").body()).contains("\"websocket\":true");
        try (StompTestClient sockJs = StompTestClient.at(TestClient.uri(SERVER.port(), "/ws"))
                .sockJs()
                .open()) {
            sockJs.connect();
        }
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        TestClient.openFrom("http://localhost:" + SERVER.port(), SERVER.port(), "/ws")
                .close();
        assertThatThrownBy(() -> TestClient.openFrom("https://evil.example", SERVER.port(), "/ws"))
                .hasRootCauseMessage("Unexpected HTTP response status code 403");
    }

    @Test
    void closesItsClientsWhenTheApplicationStops() {
        ConfigurableApplicationContext context = RunningTutorial.start(new String[0], TutorialApplication.class);
        try (TestClient ann = TestClient.connected(RunningTutorial.port(context))) {
            long start = System.nanoTime();
            context.close();
            assertThat(ann.awaitClose()).isEqualTo(1012);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void doesNotStartBesideHttp2() {
        assertThatThrownBy(() ->
                        RunningTutorial.start(new String[] {"--server.http2.enabled=true"}, TutorialApplication.class))
                .hasRootCauseMessage("Maru's endpoints need HTTP/1.1: set server.http2.enabled=false");
    }

    @Configuration(proxyBeanMethods = false)
    static class ServerOfAnotherMake {

        @Bean
        ReactiveWebServerFactory silentServer() {
            return handler -> new WebServer() {
                @Override
                public void start() {}

                @Override
                public void stop() {}

                @Override
                public int getPort() {
                    return -1;
                }
            };
        }
    }

    @Test
    void doesNotStartOnAWebServerThatItCannotShare() {
        assertThatThrownBy(() ->
                        RunningTutorial.start(new String[0], TutorialApplication.class, ServerOfAnotherMake.class))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("has another web server");
    }

    @Test
    void startsWithoutAWebServerAndPublishesAllTheSame() {
        try (ConfigurableApplicationContext context = RunningTutorial.start(
                new String[] {"--spring.main.web-application-type=none"}, TutorialApplication.class)) {
            context.getBean(SimpMessagingTemplate.class).convertAndSend("/topic/journal", "a worker's news");
            assertThat(context.getBean(HeldLog.class)
                            .head("/topic/journal")
                            .toCompletableFuture()
                            .join()
                            .position()
                            .offset())
                    .isEqualTo(1);
        }
    }

    @Test
    void opensTheEndpointsThatPropertiesName() {
        String[] arguments = {"--maru.endpoints=/chat", "--maru.allowed-origins=https://*.example.org"};
        try (ConfigurableApplicationContext context = RunningTutorial.start(arguments, TutorialApplication.class)) {
            int port = RunningTutorial.port(context);
            TestClient.openFrom("https://www.example.org", port, "/chat").close();
            assertThatThrownBy(() -> TestClient.open(port, "/ws"))
                    .hasRootCauseMessage("Unexpected HTTP response status code 404");
        }
    }

    @Test
    void boundsFramesAsPropertiesSay() {
        String[] arguments = {"--maru.limits.frame-size=1KB"};
        try (ConfigurableApplicationContext context = RunningTutorial.start(arguments, TutorialApplication.class);
                TestClient ann = TestClient.connected(RunningTutorial.port(context))) {
            ann.sendTo("/app/first/sendMessage", "x".repeat(1024));
            ann.await(StompCommand.ERROR, "code:4002\n");
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + SERVER.port() + path));
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
