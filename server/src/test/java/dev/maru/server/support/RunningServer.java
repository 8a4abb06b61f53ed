package dev.maru.server.support;

import dev.maru.server.MaruApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole server on a port of its own, with its data in a folder of the test's. Safe for any thread. */
public final class RunningServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static RunningServer start(Path data, String... arguments) {
        return start(new SpringApplication(MaruApplication.class), data, arguments);
    }

    /** Starts it with beans of the test's: a class that the server does not find by itself, so no configuration. */
    public static RunningServer startWith(Class<?> beans, Path data, String... arguments) {
        return start(new SpringApplication(MaruApplication.class, beans), data, arguments);
    }

    private static RunningServer start(SpringApplication application, Path data, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--maru.data-dir=" + data));
        all.addAll(List.of(arguments));
        return new RunningServer(application.run(all.toArray(String[]::new)));
    }

    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    /** A part of the server. */
    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public HttpClient http() {
        return http;
    }

    public StompClient connect() {
        return StompClient.connect(http, port());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
    }

    public HttpAnswer get(String path) {
        return answer(request(path).GET().build());
    }

    public HttpAnswer post(String path, String json) {
        return answer(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    public HttpAnswer answer(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new HttpAnswer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
        http.shutdownNow();
    }
}
