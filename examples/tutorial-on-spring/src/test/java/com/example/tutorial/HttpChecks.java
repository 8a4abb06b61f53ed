package com.example.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What the tutorial's application answers over plain HTTP, whichever web server it has. */
interface HttpChecks extends Server {
    String ELSEWHERE = "https://elsewhere.example";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/chat.js",
                "/webjars/jquery/jquery.min.js",
                "/webjars/sockjs-client/sockjs.min.js",
                "/webjars/stomp-websocket/stomp.min.js",
                "/webjars/bootstrap/4.3.1/dist/css/bootstrap.min.css"
            })
    default void servesThePageAndWhatItLoads(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isNotEmpty();
    }

    @Test
    default void describesItsSockJsEndpoint() throws Exception {
        assertThat(get("/ws").body()).isEqualTo("Welcome to SockJS!\n");
        Map<?, ?> info = JsonMapper.shared().readValue(get("/ws/info").body(), Map.class);
        assertThat(info.get("websocket")).isEqualTo(true);
        assertThat(info.get("origins").toString()).isEqualTo("[*:*]");
        assertThat(info.get("entropy")).isInstanceOf(Number.class);
        assertThat(get("/ws/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    default void admitsPagesOfTheOriginsThatWereRegistered() throws Exception {
        HttpResponse<String> answer = send(request("/ws/000/" + UUID.randomUUID() + "/xhr")
                .header("Origin", ELSEWHERE)
                .POST(BodyPublishers.noBody()));
        assertThat(answer.body()).isEqualTo("o\n");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(ELSEWHERE);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
