package dev.maru.server.drain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A STOMP client over SockJS's xhr-polling. Confined to one thread. */
final class Poller {
    private final HttpClient http;
    private final String session;

    Poller(HttpClient http, int port) {
        this.http = http;
        this.session = "http://localhost:" + port + "/ws/000/drain-" + System.nanoTime() + "/";
    }

    /** Opens the session and says CONNECT. */
    Poller connect() throws IOException, InterruptedException {
        poll();
        post("xhr_send", "[\"CONNECT\\naccept-version:1.2\\nhost:localhost\\nheart-beat:0,0\\n\\n\\u0000\"]");
        poll();
        return this;
    }

    /** What comes next. */
    String poll() throws IOException, InterruptedException {
        return post("xhr", "");
    }

    private String post(String to, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(session + to))
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
