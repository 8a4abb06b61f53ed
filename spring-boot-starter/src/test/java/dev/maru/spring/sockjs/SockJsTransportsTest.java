package dev.maru.spring.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SockJS's own test suite (0.3.4) asks of each HTTP transport. */
class SockJsTransportsTest extends SockJsSuite {
    // XHR.

    @Test
    void pollsByXhr() throws Exception {
        String session = session("/echo");
        HttpSocket.Response opened = request("POST", session + "/xhr", "", "Origin: test");
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.body()).isEqualTo("o\n");
        assertThat(opened.header("content-type")).isEqualTo("application/javascript; charset=UTF-8");
        assertShared(opened.head(), "test");
        assertNotCached(opened.head());

        HttpSocket.Response sent = request("POST", session + "/xhr_send", "[\"x\"]", "Origin: test");
        assertThat(sent.status()).isEqualTo(204);
        assertThat(sent.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertShared(sent.head(), "test");
        assertNotCached(sent.head());
        assertThat(post(session + "/xhr", "").body()).isEqualTo("a[\"x\"]\n");
    }

    @Test
    void sendsNothingToAnUnknownSession() throws Exception {
        assertThat(post(session("/echo") + "/xhr_send", "[\"x\"]").status()).isEqualTo(404);
        assertThat(request("POST", session("/echo") + "/jsonp_send", "d=%5B%22x%22%5D", FORM)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void saysWhatIsWrongWithAPayloadAndGoesOn() throws Exception {
        String session = session("/echo");
        post(session + "/xhr", "");
        for (String broken : List.of("[\"x", "[\"x\"", "[1]", "[\"x\"] ]", "[\"\\ud\"]")) {
            HttpSocket.Response answer = post(session + "/xhr_send", broken);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("Broken JSON encoding.");
        }
        HttpSocket.Response empty = post(session + "/xhr_send", "");
        assertThat(empty.status()).isEqualTo(500);
        assertThat(empty.body()).isEqualTo("Payload expected.");
        assertThat(post(session + "/xhr_send", "[\"a\"]").status()).isEqualTo(204);
        assertThat(post(session + "/xhr", "").body()).isEqualTo("a[\"a\"]\n");
    }

    @Test
    void doesNotMindTheContentTypeOfWhatIsSent() throws Exception {
        String session = session("/echo");
        post(session + "/xhr", "");
        for (String type : List.of(
                "text/plain",
                "T",
                "application/json",
                "application/xml",
                "",
                "application/json; charset=utf-8",
                "text/xml; charset=utf-8",
                "text/xml")) {
            assertThat(request("POST", session + "/xhr_send", "[\"a\"]", "Content-Type: " + type)
                            .status())
                    .isEqualTo(204);
        }
        assertThat(post(session + "/xhr", "").body()).isEqualTo("a[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]\n");
    }

    @Test
    void takesFramesWithoutMessages() throws Exception {
        String session = session("/echo");
        post(session + "/xhr", "");
        assertThat(post(session + "/xhr_send", "[]").status()).isEqualTo(204);
        assertThat(post(session + "/xhr_send", "[\"a\"]").status()).isEqualTo(204);
        assertThat(post(session + "/xhr", "").body()).isEqualTo("a[\"a\"]\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,xhr",
        "GET,xhr_streaming",
        "GET,xhr_send",
        "GET,jsonp_send",
        "POST,eventsource",
        "POST,htmlfile",
        "POST,jsonp",
        "DELETE,xhr"
    })
    void allowsEachTransportItsMethodOnly(String method, String transport) throws Exception {
        HttpSocket.Response answer = request(method, session("/echo") + "/" + transport, "");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isNotEmpty();
        assertThat(answer.header("content-type")).isEmpty();
        assertThat(answer.body()).isEmpty();
    }

    // XHR streaming.

    @Test
    void streamsByXhr() throws Exception {
        String session = session("/echo");
        try (HttpSocket stream = server.connect()) {
            HttpSocket.Head head = stream.send("POST", session + "/xhr_streaming", "", "Origin: test")
                    .head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("application/javascript; charset=UTF-8");
            assertShared(head, "test");
            assertNotCached(head);
            assertThat(stream.chunk()).isEqualTo("h".repeat(2048) + "\n");
            assertThat(stream.chunk()).isEqualTo("o\n");
            assertThat(post(session + "/xhr_send", "[\"x\"]").status()).isEqualTo(204);
            assertThat(stream.chunk()).isEqualTo("a[\"x\"]\n");
        }
    }

    @Test
    void endsAStreamAfterItsLimitAndGoesOnWithTheNext() throws Exception {
        String session = session("/echo");
        String message = "[\"" + "x".repeat(128) + "\"]";
        try (HttpSocket stream = server.connect()) {
            stream.send("POST", session + "/xhr_streaming", "").head();
            stream.chunk();
            assertThat(stream.chunk()).isEqualTo("o\n");
            for (int i = 0; i < 31; i++) {
                assertThat(post(session + "/xhr_send", message).status()).isEqualTo(204);
                assertThat(stream.chunk()).isEqualTo("a" + message + "\n");
            }
            assertThat(stream.chunk()).isEmpty();
            post(session + "/xhr_send", "[\"later\"]");
            stream.send("POST", session + "/xhr_streaming", "").head();
            stream.chunk();
            assertThat(stream.chunk()).isEqualTo("a[\"later\"]\n");
        }
    }

    // Server-sent events.

    @Test
    void streamsByEventSource() throws Exception {
        String session = session("/echo");
        try (HttpSocket stream = server.connect()) {
            HttpSocket.Head head =
                    stream.send("GET", session + "/eventsource", "").head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("text/event-stream");
            assertNotCached(head);
            assertThat(stream.chunk()).isEqualTo("\r\n");
            assertThat(stream.chunk()).isEqualTo("data: o\r\n\r\n");
            post(session + "/xhr_send", "[\"x\"]");
            assertThat(stream.chunk()).isEqualTo("data: a[\"x\"]\r\n\r\n");
            post(session + "/xhr_send", "[\"  \\u0000\\n\\r \"]");
            assertThat(stream.chunk()).isEqualTo("data: a[\"  \\u0000\\n\\r \"]\r\n\r\n");
            post(session + "/xhr_send", "[\"100%\"]");
            assertThat(stream.chunk()).isEqualTo("data: a[\"100%25\"]\r\n\r\n");
        }
    }

    @Test
    void endsAnEventStreamAfterItsLimit() throws Exception {
        String session = session("/echo");
        String message = "[\"" + "x".repeat(4096) + "\"]";
        try (HttpSocket stream = server.connect()) {
            stream.send("GET", session + "/eventsource", "").head();
            stream.chunk();
            stream.chunk();
            post(session + "/xhr_send", message);
            assertThat(stream.chunk()).isEqualTo("data: a" + message + "\r\n\r\n");
            assertThat(stream.chunk()).isEmpty();
        }
    }

    // HTML file.

    @Test
    void streamsByHtmlFile() throws Exception {
        String session = session("/echo");
        try (HttpSocket stream = server.connect()) {
            HttpSocket.Head head =
                    stream.send("GET", session + "/htmlfile?c=%63allback", "").head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-type")).isEqualTo("text/html; charset=UTF-8");
            assertNotCached(head);
            String page = stream.chunk();
            assertThat(page).hasSizeGreaterThan(1024);
            assertThat(page.strip()).isEqualTo("""
                    <!doctype html>
                    <html><head>
                      <meta http-equiv="X-UA-Compatible" content="IE=edge" />
                      <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
                    </head><body><h2>Don't panic!</h2>
                      <script>
                        document.domain = document.domain;
                        var c = parent.callback;
                        c.start();
                        function p(d) {c.message(d);};
                        window.onload = function() {c.stop();};
                      </script>""");
            assertThat(stream.chunk()).isEqualTo("<script>\np(\"o\");\n</script>\r\n");
            post(session + "/xhr_send", "[\"x\"]");
            assertThat(stream.chunk()).isEqualTo("<script>\np(\"a[\\\"x\\\"]\");\n</script>\r\n");
            post(session + "/xhr_send", "[\"</script><script>alert(1)</script>\"]");
            assertThat(stream.chunk())
                    .isEqualTo("<script>\np(\"a[\\\"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\\\"]\");\n"
                            + "</script>\r\n");
        }
    }

    @Test
    void endsAnHtmlFileAfterItsLimit() throws Exception {
        String session = session("/echo");
        try (HttpSocket stream = server.connect()) {
            stream.send("GET", session + "/htmlfile?c=callback", "").head();
            stream.chunk();
            stream.chunk();
            post(session + "/xhr_send", "[\"" + "x".repeat(4096) + "\"]");
            assertThat(stream.chunk()).contains("x".repeat(4096));
            assertThat(stream.chunk()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"htmlfile", "jsonp"})
    void callsNoFunctionWithoutAName(String transport) throws Exception {
        for (String query : List.of("", "?c=")) {
            HttpSocket.Response answer = get("/echo/a/a/" + transport + query);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("\"callback\" parameter required");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"htmlfile", "jsonp"})
    void callsNoFunctionWhoseNameIsAScript(String transport) throws Exception {
        for (String name : List.of("%20", "*", "abc(", "abc%28", "a%3Cb", "%", "x%0d%0a")) {
            HttpSocket.Response answer = get("/echo/a/a/" + transport + "?c=" + name);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("invalid \"callback\" parameter");
        }
    }

    // JSONP.

    @Test
    void pollsByJsonp() throws Exception {
        String session = session("/echo");
        HttpSocket.Response opened = get(session + "/jsonp?c=%63allback");
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.header("content-type")).isEqualTo("application/javascript; charset=UTF-8");
        assertThat(opened.body()).isEqualTo("/**/callback(\"o\");\r\n");
        assertNotCached(opened.head());

        HttpSocket.Response sent = request("POST", session + "/jsonp_send", "d=%5B%22x%22%5D", FORM);
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.body()).isEqualTo("ok");
        assertThat(sent.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertNotCached(sent.head());
        assertThat(get(session + "/jsonp?c=%63allback").body()).isEqualTo("/**/callback(\"a[\\\"x\\\"]\");\r\n");
    }

    @Test
    void saysWhatIsWrongWithAFormAndGoesOn() throws Exception {
        String session = session("/echo");
        get(session + "/jsonp?c=x");
        for (String broken : List.of("d=%5B%22x", "d=%", "d=%zz")) {
            HttpSocket.Response answer = request("POST", session + "/jsonp_send", broken, FORM);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("Broken JSON encoding.");
        }
        for (String empty : List.of("", "d=", "p=p")) {
            HttpSocket.Response answer = request("POST", session + "/jsonp_send", empty, FORM);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("Payload expected.");
        }
        assertThat(request("POST", session + "/jsonp_send", "d=%5B%5D", FORM).body())
                .isEqualTo("ok");
        assertThat(request("POST", session + "/jsonp_send", "d=%5B%22b%22%5D", FORM)
                        .body())
                .isEqualTo("ok");
        assertThat(get(session + "/jsonp?c=x").body()).isEqualTo("/**/x(\"a[\\\"b\\\"]\");\r\n");
    }

    @Test
    void takesJsonpAsFormAndAsText() throws Exception {
        String session = session("/echo");
        get(session + "/jsonp?c=x");
        request("POST", session + "/jsonp_send", "d=%5B%22abc%22%5D", FORM);
        request("POST", session + "/jsonp_send", "[\"%61bc\"]", "Content-Type: text/plain");
        assertThat(get(session + "/jsonp?c=x").body()).isEqualTo("/**/x(\"a[\\\"abc\\\",\\\"%61bc\\\"]\");\r\n");
    }

    @Test
    void tellsTheReasonOfAClosureByJsonp() throws Exception {
        String session = session("/close");
        assertThat(get(session + "/jsonp?c=x").body()).isEqualTo("/**/x(\"o\");\r\n");
        for (int i = 0; i < 2; i++) {
            assertThat(get(session + "/jsonp?c=x").body()).isEqualTo("/**/x(\"c[3000,\\\"Go away!\\\"]\");\r\n");
        }
    }
}
