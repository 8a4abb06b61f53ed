package dev.maru.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.stomp.StompCommand;
import dev.maru.testkit.StompTestClient;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class ConformanceServerTest {
    private static ConfigurableApplicationContext server;
    private static int port;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = SpringApplication.run(
                ConformanceServer.class,
                "--server.port=0",
                "--maru.limits.frame-size=1KB",
                "--logging.level.root=error");
        port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        server.close();
        http.shutdownNow();
    }

    @Test
    void echoesTextAndBytes() throws Exception {
        try (Messages echo = new Messages(http, port, "/echo-raw")) {
            assertThat(echo.send("안녕 % \u0000").next()).isEqualTo("안녕 % \u0000");
            assertThat(echo.send(new byte[] {0, (byte) 0xFF}).next()).isEqualTo("\u0000\u00ff");
            assertThat(echo.send("").next()).isEmpty();
        }
    }

    @Test
    void echoesMessagesUpToTwentyMebibytes() throws Exception {
        byte[] message = new byte[20 * 1024 * 1024];
        new Random(1).nextBytes(message);
        try (Messages echo = new Messages(http, port, "/echo-raw")) {
            assertThat(echo.send(message).next()).isEqualTo(new String(message, ISO_8859_1));
        }
    }

    @Test
    void refusesMessagesOverTwentyMebibytesBeforeTheyArrive() throws Exception {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /echo-raw HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                            .getBytes(ISO_8859_1));
            socket.getOutputStream().write(HexFormat.of().parseHex("82ff0000000001400001" + "00000000"));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 101 ").endsWith("\u0003\u00f1protocol-fault");
        }
    }

    @Test
    void echoesOverSockJs() throws Exception {
        try (Messages echo = new Messages(http, port, "/echo/000/session/websocket")) {
            assertThat(echo.next()).isEqualTo("o");
            assertThat(echo.send("[\"a\",\"\\u2028 b\"]").next()).isEqualTo("a[\"a\"]");
            assertThat(echo.next()).isEqualTo("a[\"\\u2028 b\"]");
            assertThat(echo.send("\"c\"").next()).isEqualTo("a[\"c\"]");
            assertThat(echo.send("\"\\ud800\"").next()).isEqualTo("a[\"\\ud800\"]");
        }
        try (Messages echo = new Messages(http, port, "/echo/websocket")) {
            assertThat(echo.send("as it is").next()).isEqualTo("as it is");
        }
    }

    @Test
    void dropsASockJsClientThatSendsNoJson() throws Exception {
        try (Messages echo = new Messages(http, port, "/echo/000/broken/websocket")) {
            assertThat(echo.next()).isEqualTo("o");
            echo.send("[\"a");
            assertThat(echo.next()).startsWith("c[1002,");
            assertThat(echo.next()).startsWith("closed 1002");
        }
    }

    @Test
    void echoesOverHttp() throws Exception {
        for (String service : new String[] {"/echo", "/disabled_websocket_echo", "/cookie_needed_echo"}) {
            String session = service + "/000/over-http";
            assertThat(post(session + "/xhr", "").body()).isEqualTo("o\n");
            assertThat(post(session + "/xhr_send", "[\"안녕 %\",\"b\"]").statusCode())
                    .isEqualTo(204);
            assertThat(post(session + "/xhr", "").body()).isEqualTo("a[\"안녕 %\",\"b\"]\n");
        }
        assertThat(post("/close/000/over-http/xhr", "").body()).isEqualTo("o\n");
        assertThat(post("/close/000/over-http/xhr", "").body()).isEqualTo("c[3000,\"Go away!\"]\n");
    }

    @Test
    void offersWebSocketsAndCookiesAsTheNamesSay() throws Exception {
        assertThat(get("/echo/info").body()).contains("\"websocket\":true", "\"cookie_needed\":false");
        assertThat(get("/disabled_websocket_echo/info").body()).contains("\"websocket\":false");
        assertThat(get("/cookie_needed_echo/info").body()).contains("\"cookie_needed\":true");
        assertThat(post("/cookie_needed_echo/000/cookie/xhr", "").headers().firstValue("set-cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).startsWith("JSESSIONID=dummy"));
        assertThatThrownBy(() -> new Messages(http, port, "/disabled_websocket_echo/000/session/websocket"))
                .hasMessageContaining("WebSocketHandshake");
    }

    @Test
    void saysGoAwayAtOnce() throws Exception {
        try (Messages close = new Messages(http, port, "/close/000/session/websocket")) {
            assertThat(close.next()).isEqualTo("o");
            assertThat(close.next()).isEqualTo("c[3000,\"Go away!\"]");
            assertThat(close.next()).isEqualTo("closed 3000 Go away!");
        }
    }

    @Test
    void amplifies() throws Exception {
        try (Messages amplify = new Messages(http, port, "/amplify/websocket")) {
            assertThat(amplify.send("3").next()).isEqualTo("xxxxxxxx");
            assertThat(amplify.send("18").next()).hasSize(1 << 18);
            assertThat(amplify.send("19").next()).isEqualTo("xx");
            assertThat(amplify.send("many").next()).isEqualTo("xx");
        }
    }

    @Test
    void greetsAtEachSockJsService() throws Exception {
        for (String service :
                new String[] {"/echo", "/close", "/disabled_websocket_echo", "/cookie_needed_echo", "/amplify", "/ws"
                }) {
            assertThat(get(service).body()).isEqualTo("Welcome to SockJS!\n");
            assertThat(get(service + "/info").body()).contains("\"entropy\":");
        }
    }

    @Test
    void hasThePagesOfTheBrowserTests() throws Exception {
        String text = "a".repeat(2048) + "\nb\n";
        assertThat(get("/simple.txt").body()).isEqualTo(text);
        HttpResponse<String> streaming = get("/streaming.txt");
        assertThat(streaming.body()).isEqualTo(text);
        assertThat(streaming.headers().firstValue("transfer-encoding")).hasValue("chunked");
    }

    @Test
    void speaksStompWithinTheLimitsThatAreSet() {
        try (StompTestClient client = StompTestClient.open(URI.create("ws://localhost:" + port + "/ws"))) {
            client.connect();
            client.send("/topic/a", "x".repeat(2000));
            assertThat(client.await(StompCommand.ERROR).toString()).contains("4002");
        }
    }

    @Test
    void takesPagesOfEveryOrigin() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/echo/info"))
                .header("Origin", "https://suite.example")
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("access-control-allow-origin"))
                .hasValue("https://suite.example");
        assertThatThrownBy(() -> new Messages(http, port, "/nowhere")).hasMessageContaining("WebSocketHandshake");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
