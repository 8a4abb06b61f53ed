package dev.maru.server.browser;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A STOMP client by others on an otherwise empty page, talking to the server as its users let it. Confined to the
 * test's thread.
 */
record ForeignClient(Page page, Kind kind) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TestFiles FILES = new TestFiles(Map.of(
            "/clients/stompjs.html",
            "clients/stompjs.html",
            "/clients/webstomp.html",
            "clients/webstomp.html",
            "/clients/client.js",
            "clients/client.js",
            "/clients/stompjs.js",
            TestFiles.WEBJARS + "stomp__stompjs/7.2.1/bundles/stomp.umd.min.js",
            "/clients/webstomp.js",
            TestFiles.WEBJARS + "webstomp-client/1.2.6/dist/webstomp.min.js",
            "/clients/sockjs.js",
            TestFiles.WEBJARS + "sockjs-client/1.6.1/dist/sockjs.min.js"));

    /** Libraries and what they stand on. */
    enum Kind {
        STOMPJS("stompjs", "plain", false),
        STOMPJS_IN_BINARY_FRAMES("stompjs", "plain", true),
        STOMPJS_OVER_SOCKJS("stompjs", "sockjs", false),
        WEBSTOMP("webstomp", "plain", false),
        WEBSTOMP_IN_BINARY_FRAMES("webstomp", "plain", true),
        WEBSTOMP_OVER_SOCKJS("webstomp", "sockjs", false);

        private final String library;
        private final String socket;
        private final boolean binary;

        Kind(String library, String socket, boolean binary) {
            this.library = library;
            this.socket = socket;
            this.binary = binary;
        }

        boolean isStompJs() {
            return library.equals("stompjs");
        }
    }

    /** Opens the client's page and connects. */
    static ForeignClient connects(Page page, Room room, Kind kind) {
        FILES.giveTo(page, room.origin());
        page.navigate(room.origin() + "/clients/" + kind.library + ".html");
        ForeignClient client = new ForeignClient(page, kind);
        client.open();
        return client;
    }

    /** Returns the headers of CONNECTED. */
    private JsonNode open() {
        Object headers = page.evaluate(
                "settings => client.open(settings)",
                Map.of("socket", kind.socket, "binary", kind.binary, "split", kind == Kind.STOMPJS_IN_BINARY_FRAMES));
        return JSON.valueToTree(headers);
    }

    void subscribes(String id, String destination) {
        page.evaluate("([id, destination]) => client.subscribe(id, destination)", List.of(id, destination));
        waitFor("receipts.some(each => each['receipt-id'] === 'subscribed-" + id + "')");
    }

    void unsubscribes(String id) {
        page.evaluate("id => client.unsubscribe(id, 'unsubscribed')", id);
        waitFor("receipts.some(each => each['receipt-id'] === 'unsubscribed')");
    }

    void sends(String destination, String body, String receipt) {
        page.evaluate(
                "([destination, body, receipt]) => client.send(destination, body, receipt)",
                List.of(destination, body, receipt));
    }

    void sendsBytes(String destination, byte[] body, String receipt) {
        page.evaluate(
                "([destination, body, receipt]) =>"
                        + " client.sendBytes(destination, Array.from(body, c => c.charCodeAt(0)), receipt)",
                List.of(destination, new String(body, StandardCharsets.ISO_8859_1), receipt));
    }

    /** The headers of this receipt, when it is there. */
    JsonNode receipt(String id) {
        waitFor("receipts.some(each => each['receipt-id'] === '" + id + "')");
        return read("receipts")
                .valueStream()
                .filter(receipt -> receipt.path("receipt-id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What has come when so many have. */
    List<JsonNode> received(int count) {
        waitFor("received.length >= " + count);
        return read("received").valueStream().toList();
    }

    /** The texts of the messages that have come when so many have. */
    List<String> texts(int count) {
        return received(count).stream()
                .map(message -> JSON.readTree(message.path("body").asString())
                        .path("message")
                        .asString())
                .toList();
    }

    /** The headers of the ERROR, when it is there. */
    JsonNode error() {
        waitFor("errors.length > 0");
        return read("errors").path(0);
    }

    void losesItsSocketAndComesBack() {
        int before = connections();
        page.evaluate("() => client.drop()");
        waitFor("connections > " + before);
    }

    int connections() {
        return read("connections").asInt();
    }

    void hearsHeartBeats(int count) {
        waitFor("beats >= " + count);
    }

    void disconnects() {
        page.evaluate("() => client.disconnect()");
    }

    void waitFor(String condition) {
        page.waitForCondition(() -> Objects.equals(page.evaluate("() => " + condition), true));
    }

    private JsonNode read(String name) {
        return JSON.readTree((String) page.evaluate("() => JSON.stringify(" + name + ")"));
    }
}
