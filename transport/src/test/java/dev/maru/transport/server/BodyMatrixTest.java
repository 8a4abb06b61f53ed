package dev.maru.transport.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.Engine;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import dev.maru.testkit.EventStreamClient;
import dev.maru.testkit.JsonSocketClient;
import dev.maru.testkit.ReceivedEvent;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.StompTestClient;
import dev.maru.transport.websocket.Utf8Validator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any body, sent over any transport, arrives as it was sent over every other. */
class BodyMatrixTest {
    private static final String TOPIC = "/topic/any";
    private static final int MEGABYTE = 1024 * 1024;

    private final List<AutoCloseable> open = new ArrayList<>();
    private StreamServer server;

    @BeforeEach
    void start() {
        server = new StreamServer(Engine.builder());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable client : open) {
            client.close();
        }
        server.close();
    }

    @Test
    void carriesAnyBodyFromEveryTransportToEveryTransport() {
        Map<String, Supplier<byte[]>> receivers = receivers();
        Map<String, Consumer<byte[]>> senders = senders();
        bodies().forEach((what, body) -> senders.forEach((from, sender) -> {
            sender.accept(body);
            receivers.forEach((to, receiver) -> assertThat(receiver.get())
                    .as("%s from %s to %s", what, from, to)
                    .isEqualTo(body));
        }));
    }

    private Map<String, Consumer<byte[]>> senders() {
        StompTestClient stomp = keep(StompTestClient.connected(server.uri("/ws")));
        StompTestClient sockJs =
                keep(StompTestClient.at(server.uri("/ws")).sockJs().open());
        sockJs.connect();
        JsonSocketClient json = keep(JsonSocketClient.connected(server.uri("/socket")));
        Map<String, Consumer<byte[]>> senders = new LinkedHashMap<>();
        senders.put("WebSocket", body -> send(stomp, body, "r"));
        senders.put("SockJS", body -> sendAsText(sockJs, body));
        senders.put("JSON", body -> sendAsText(json, body));
        return senders;
    }

    private Map<String, Supplier<byte[]>> receivers() {
        StompTestClient stomp = keep(StompTestClient.connected(server.uri("/ws")));
        stomp.subscribed("s", TOPIC);
        StompTestClient sockJs =
                keep(StompTestClient.at(server.uri("/ws")).sockJs().open());
        sockJs.connect();
        sockJs.subscribed("s", TOPIC);
        JsonSocketClient json = keep(JsonSocketClient.connected(server.uri("/socket")));
        json.subscribed("s", TOPIC);
        EventStreamClient events = keep(EventStreamClient.open(server.uri("/sse?destination=" + TOPIC)));
        Map<String, Supplier<byte[]>> receivers = new LinkedHashMap<>();
        receivers.put("WebSocket", () -> received(stomp.awaitMessage("s")));
        receivers.put("SockJS", () -> received(sockJs.awaitMessage("s")));
        receivers.put("JSON", () -> received(json.await("MESSAGE")));
        receivers.put("SSE", () -> received(events.next()));
        return receivers;
    }

    private static Map<String, byte[]> bodies() {
        byte[] octets = new byte[256];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        byte[] noise = new byte[MEGABYTE];
        new Random(7).nextBytes(noise);
        byte[] text = "글".repeat(MEGABYTE / 3).getBytes(UTF_8);
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("Korean", "안녕하세요 \"여러분\" \\ %".getBytes(UTF_8));
        bodies.put("emoji", "👩‍👩‍👧 \u2028\u200d\ufff0".getBytes(UTF_8));
        bodies.put("nothing", new byte[0]);
        bodies.put("a NUL", new byte[1]);
        bodies.put("lines", " a\n\r\n\rb\n\n".getBytes(UTF_8));
        bodies.put("every octet", octets);
        bodies.put("half a character", Arrays.copyOf("글".getBytes(UTF_8), 2));
        bodies.put("a megabyte of text", text);
        bodies.put("a megabyte of noise", noise);
        return bodies;
    }

    private static void send(StompTestClient client, byte[] body, String receipt, String... headers) {
        StompHeaders all = StompHeaders.of("destination", TOPIC, "receipt", receipt);
        StompHeaders.of(headers).forEach(all::add);
        client.send(StompCommand.SEND, all, body);
        client.awaitReceipt(receipt);
    }

    private static void sendAsText(StompTestClient client, byte[] body) {
        if (Utf8Validator.isUtf8(body)) {
            send(client, body, "r");
        } else {
            send(client, Base64.getEncoder().encode(body), "r", "content-transfer-encoding", "base64");
        }
    }

    private static void sendAsText(JsonSocketClient client, byte[] body) {
        if (Utf8Validator.isUtf8(body)) {
            client.send("SEND", "destination", TOPIC, "body", new String(body, UTF_8), "receipt", "r");
        } else {
            String text = Base64.getEncoder().encodeToString(body);
            client.send(
                    "SEND", "destination", TOPIC, "content-transfer-encoding", "base64", "body", text, "receipt", "r");
        }
        client.await("RECEIPT");
    }

    private static byte[] received(ReceivedFrame frame) {
        return "base64".equals(frame.header("content-transfer-encoding"))
                ? Base64.getDecoder().decode(frame.body())
                : frame.body();
    }

    private static byte[] received(Map<String, String> message) {
        String body = message.get("body");
        return "base64".equals(message.get("content-transfer-encoding"))
                ? Base64.getDecoder().decode(body)
                : body.getBytes(UTF_8);
    }

    private static byte[] received(ReceivedEvent event) {
        return event.name().equals("base64")
                ? Base64.getDecoder().decode(event.data())
                : event.data().getBytes(UTF_8);
    }

    private <T extends AutoCloseable> T keep(T client) {
        open.add(client);
        return client;
    }
}
