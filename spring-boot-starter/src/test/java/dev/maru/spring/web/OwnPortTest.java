package dev.maru.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.testkit.StompTestClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A port of the engine's own. */
class OwnPortTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Pages pages() {
            return new Pages();
        }

        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        }
    }

    @RestController
    static class Pages {
        @GetMapping("/hello")
        String hello() {
            return "hello";
        }
    }

    private static ConfigurableApplicationContext start(WebApplicationType type, String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .web(type)
                .properties(
                        "server.port=0",
                        "maru.port=0",
                        "maru.address=127.0.0.1",
                        "spring.main.banner-mode=off",
                        "logging.level.root=warn")
                .run(arguments);
    }

    private static int ownPort(ConfigurableApplicationContext context) {
        return Objects.requireNonNull(context.getBean(OwnPort.class).address()).getPort();
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String scheme, int port, String path) {
        return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + path));
    }

    @Test
    void takesTheEndpointsAwayFromTheWebServer() throws Exception {
        try (ConfigurableApplicationContext context = start(WebApplicationType.REACTIVE);
                HttpClient http = HttpClient.newHttpClient()) {
            int web = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            int own = ownPort(context);
            assertThat(send(http, request("http", web, "/hello")).body()).isEqualTo("hello");
            assertThat(send(http, request("http", web, "/ws/info")).statusCode())
                    .isEqualTo(404);
            assertThat(send(http, request("http", own, "/hello")).statusCode()).isEqualTo(404);
            assertThat(send(http, request("http", own, "/ws/info")).statusCode())
                    .isEqualTo(200);
            HttpRequest.Builder poll = request("http", own, "/ws/1/own/xhr").POST(HttpRequest.BodyPublishers.noBody());
            assertThat(send(http, poll).body()).isEqualTo("o\n");
        }
    }

    @Test
    void needsNoWebServer() {
        try (ConfigurableApplicationContext context = start(WebApplicationType.NONE)) {
            try (StompTestClient jane =
                    StompTestClient.connected(URI.create("ws://localhost:" + ownPort(context) + "/ws"))) {
                jane.subscribed("s", "/topic/a");
                jane.send("/topic/a", "there");
                assertThat(jane.awaitMessage("s").text()).isEqualTo("there");
            }
        }
    }

    @Test
    void sendsItsClientsAwayAndClosesWhenTheApplicationStops() {
        ConfigurableApplicationContext context = start(WebApplicationType.NONE);
        int port = ownPort(context);
        try (StompTestClient jane = StompTestClient.connected(URI.create("ws://localhost:" + port + "/ws"))) {
            context.close();
            assertThat(jane.awaitClosed().code()).isEqualTo(1012);
        }
        assertThatThrownBy(() -> StompTestClient.connected(URI.create("ws://localhost:" + port + "/ws")))
                .hasStackTraceContaining(ConnectException.class.getName());
    }

    @Test
    void speaksTlsWithABundleOfSpringBoots(@TempDir Path folder) throws Exception {
        Path keys = makeKeys(folder);
        try (ConfigurableApplicationContext context = start(
                        WebApplicationType.NONE,
                        "--maru.ssl.bundle=chat",
                        "--spring.ssl.bundle.jks.chat.keystore.location=file:" + keys,
                        "--spring.ssl.bundle.jks.chat.keystore.password=" + new String(PASSWORD));
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(trusting(keys))
                        .build()) {
            int port = ownPort(context);
            assertThat(send(http, request("https", port, "/ws/info")).statusCode())
                    .isEqualTo(200);
        }
    }

    private static Path makeKeys(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder((keytool + " -genkeypair -keystore " + file
                                + " -storepass secret -alias localhost -keyalg EC -dname CN=localhost"
                                + " -ext san=dns:localhost")
                        .split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        return file;
    }

    private static SSLContext trusting(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("localhost", keys.getCertificate("localhost"));
        TrustManagerFactory manager = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        manager.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, manager.getTrustManagers(), null);
        return context;
    }
}
