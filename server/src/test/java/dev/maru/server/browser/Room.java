package dev.maru.server.browser;

import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A room, as somebody without a browser knows it: by its address and over HTTP. Safe for any thread. */
record Room(int port, String id) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /** Makes a room that no other test knows. */
    static Room named(ServerProcess server, String name) {
        return named(server.port(), name);
    }

    static Room named(int port, String name) {
        Room room = new Room(port, UUID.randomUUID().toString());
        room.post("/api/rooms", Map.of("id", room.id, "name", name));
        return room;
    }

    static Room lobby(ServerProcess server) {
        return new Room(server.port(), "lobby");
    }

    /** What stands in the address bar of those who are here. */
    String address() {
        return origin() + "/rooms/" + id;
    }

    String origin() {
        return "http://localhost:" + port;
    }

    void hears(String sender, String text) {
        post("/api/rooms/" + id + "/messages", Map.of("sender", sender, "message", text));
    }

    /** The texts that the server has stored, in their order. */
    List<String> texts() {
        return send(request("/api/rooms/" + id + "/messages?limit=200").GET().build())
                .json()
                .path("messages")
                .valueStream()
                .map(message -> message.path("message").stringValue())
                .toList();
    }

    private void post(String path, Map<String, String> body) {
        HttpAnswer answer = send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
        if (answer.status() != 201) {
            throw new AssertionError(path + " answered " + answer);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path));
    }

    private static HttpAnswer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new HttpAnswer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
