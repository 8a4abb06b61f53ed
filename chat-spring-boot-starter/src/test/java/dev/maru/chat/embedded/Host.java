package dev.maru.chat.embedded;

import dev.maru.testkit.StompTestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** A running application with the chat in it. */
final class Host implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    private Host(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Host start(Path folder, Class<?> application, String... properties) {
        String[] all = Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "spring.main.banner-mode=off",
                                "logging.level.root=warn",
                                "maru.data-dir=" + folder),
                        Stream.of(properties))
                .toArray(String[]::new);
        return new Host(new SpringApplicationBuilder(application, OwnEventLoops.class)
                .properties(all)
                .run());
    }

    /** Reactor Netty's usual event loops are shared by all applications in a JVM, and the first to close ends them. */
    @Configuration(proxyBeanMethods = false)
    static class OwnEventLoops {

        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    boolean has(Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** A connected client of somebody who is logged in. */
    StompTestClient client(String user) {
        StompTestClient client = StompTestClient.at(URI.create("ws://localhost:" + port() + "/ws"))
                .header(HostApplication.USER, user)
                .open();
        client.connect();
        return client;
    }

    StompTestClient guest() {
        return StompTestClient.connected(URI.create("ws://localhost:" + port() + "/ws"));
    }

    HttpResponse<String> get(String user, String path) {
        return send(user, HttpRequest.newBuilder(uri(path)).GET());
    }

    HttpResponse<String> post(String user, String path, String json) {
        return send(
                user,
                HttpRequest.newBuilder(uri(path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }

    private HttpResponse<String> send(String user, HttpRequest.Builder request) {
        try {
            return http.send(request.header(HostApplication.USER, user).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    private int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
