package dev.maru.spring.sockjs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.transport.http.HandshakePolicy;
import dev.maru.transport.sockjs.SockJsSettings;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Any body, sent over any of SockJS's HTTP transports, arrives as it was over every other. */
class SockJsBodiesTest {
    private static final String TOPIC = "/topic/any";
    private static final int MEGABYTE = 1024 * 1024;

    private static SockJsServer server;

    @BeforeAll
    static void start() {
        server = new SockJsServer(SockJsSettings.DEFAULT, HandshakePolicy.EVERYBODY);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void carriesAnyBodyOverEachTransport() throws Exception {
        try (SockJsClient sender = new SockJsClient(server, SockJsClient.Way.XHR)) {
            for (SockJsClient.Way way : SockJsClient.Way.values()) {
                try (SockJsClient receiver = new SockJsClient(server, way)) {
                    receiver.sendByXhr("SUBSCRIBE\nid:s\ndestination:" + TOPIC + "\nreceipt:s\n\n\0");
                    receiver.message();
                    for (Map.Entry<String, byte[]> body : bodies().entrySet()) {
                        sender.sendByXhr(frame(body.getValue()));
                        assertArrives(receiver, body, way + " from xhr_send");
                        sender.sendByForm(frame(body.getValue()));
                        assertArrives(receiver, body, way + " from jsonp_send");
                    }
                }
            }
        }
    }

    private static void assertArrives(SockJsClient receiver, Map.Entry<String, byte[]> body, String how)
            throws Exception {
        String message = receiver.message();
        assertThat(message).as("%s by %s", body.getKey(), how).startsWith("MESSAGE");
        int head = message.indexOf("\n\n");
        String content = message.substring(head + 2, message.length() - 1);
        boolean base64 = message.substring(0, head).contains("\ncontent-transfer-encoding:base64");
        assertThat(Arrays.equals(
                        base64 ? Base64.getDecoder().decode(content) : content.getBytes(UTF_8), body.getValue()))
                .as("%s by %s", body.getKey(), how)
                .isTrue();
    }

    private static String frame(byte[] body) {
        String text = new String(body, UTF_8);
        boolean isText = Arrays.equals(text.getBytes(UTF_8), body);
        String content = isText ? text : Base64.getEncoder().encodeToString(body);
        return "SEND\ndestination:" + TOPIC + "\ncontent-length:" + content.getBytes(UTF_8).length
                + (isText ? "" : "\ncontent-transfer-encoding:base64") + "\n\n" + content + "\0";
    }

    private static Map<String, byte[]> bodies() {
        byte[] octets = new byte[256];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        byte[] noise = new byte[MEGABYTE];
        new Random(7).nextBytes(noise);
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("Korean", "안녕하세요 \"여러분\" \\ % %25 + & </script>".getBytes(UTF_8));
        bodies.put("emoji", "👩‍👩‍👧 \u2028\u200d\ufff0".getBytes(UTF_8));
        bodies.put("nothing", new byte[0]);
        bodies.put("a NUL", new byte[1]);
        bodies.put("lines", " a\n\r\n\rb\n\n".getBytes(UTF_8));
        bodies.put("every octet", octets);
        bodies.put("a megabyte of text", "글".repeat(MEGABYTE / 3 + 1).getBytes(UTF_8));
        bodies.put("a megabyte of noise", noise);
        return bodies;
    }
}
