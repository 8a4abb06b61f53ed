package dev.maru.spring.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SockJS's own test suite (0.3.4) asks of the HTTP transports and of the pages. */
class SockJsProtocolTest {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static SockJsServer server;

    @BeforeAll
    static void start() {
        server = new SockJsServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // Static URLs.

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/echo/"})
    void greetsAtTheBaseAddress(String path) throws Exception {
        HttpSocket.Response page = get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(page.body()).isEqualTo("Welcome to SockJS!\n");
        assertThat(page.header("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a.html", "//", "///", "/a/a", "/a/a/", "/a/"})
    void knowsNothingElseUnderTheBaseAddress(String suffix) throws Exception {
        assertThat(get("/echo" + suffix).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/iframe.html",
                "/iframe-a.html",
                "/iframe-.html",
                "/iframe-0.1.2.html",
                "/iframe-0.1.2abc-dirty.2144.html",
                "/iframe-a.html?t=1234",
                "/iframe-0.1.2abc-dirty.2144.html?t=qweqweq123"
            })
    void servesTheIframePageWhateverItsVersion(String suffix) throws Exception {
        HttpSocket.Response page = get("/echo" + suffix);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=UTF-8");
        assertThat(page.header("cache-control")).contains("public").contains("max-age=31536000");
        assertThat(page.header("expires")).isNotEmpty();
        assertThat(page.header("etag")).isNotEmpty();
        assertThat(page.header("last-modified")).isEmpty();
        assertThat(page.header("set-cookie")).isEmpty();
        assertThat(page.body().strip()).isEqualTo("""
                <!DOCTYPE html>
                <html>
                <head>
                  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
                  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
                  <script src="/sockjs/sockjs.min.js"></script>
                  <script>
                    document.domain = document.domain;
                    SockJS.bootstrap_iframe();
                  </script>
                </head>
                <body>
                  <h2>Don't panic!</h2>
                  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
                </body>
                </html>""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/iframe.htm",
                "/iframe",
                "/IFRAME.HTML",
                "/IFRAME",
                "/iframe.HTML",
                "/iframe.xml",
                "/iframe-/.html"
            })
    void servesTheIframePageAtNoOtherName(String suffix) throws Exception {
        assertThat(get("/echo" + suffix).status()).isEqualTo(404);
    }

    @Test
    void tellsWhoHasTheIframePageThatItIsUnchanged() throws Exception {
        String tag = get("/echo/iframe.html").header("etag");
        assertThat(get("/echo/iframe.html").header("etag")).isEqualTo(tag).isNotEmpty();

        HttpSocket.Response unchanged = request("GET", "/echo/iframe.html", "", "If-None-Match: " + tag);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("content-type")).isEmpty();
        assertThat(unchanged.body()).isEmpty();
    }

    @Test
    void describesItselfInInfo() throws Exception {
        HttpSocket.Response info = request("GET", "/echo/info", "", "Origin: test");
        assertThat(info.status()).isEqualTo(200);
        assertThat(info.header("content-type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(info.body())
                .matches("\\{\"entropy\":\\d{1,10},\"origins\":\\[\"\\*:\\*\"],"
                        + "\"cookie_needed\":false,\"websocket\":true}");
        assertThat(info.header("set-cookie")).isEmpty();
        assertNotCached(info.head());
        assertShared(info.head(), "test");
    }

    @Test
    void givesEveryoneOtherEntropyInInfo() throws Exception {
        assertThat(get("/echo/info").body()).isNotEqualTo(get("/echo/info").body());
    }

    @Test
    void saysInInfoThatWebSocketsAreDisabled() throws Exception {
        assertThat(get("/disabled_websocket_echo/info").body()).contains("\"websocket\":false");
        for (String path : List.of("/websocket", "/000/abc/websocket")) {
            assertThat(request(
                                    "GET",
                                    "/disabled_websocket_echo" + path,
                                    "",
                                    "Upgrade: websocket",
                                    "Connection: Upgrade",
                                    "Sec-WebSocket-Version: 13",
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                            .status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "info,GET",
        "abc/abc/xhr,POST",
        "abc/abc/xhr_send,POST",
        "abc/abc/xhr_streaming,POST",
        "abc/abc/eventsource,GET",
        "abc/abc/htmlfile,GET",
        "abc/abc/jsonp,GET",
        "abc/abc/jsonp_send,POST"
    })
    void answersBrowsersThatAskBeforehand(String path, String method) throws Exception {
        for (String origin : List.of("test", "null")) {
            HttpSocket.Response answer = request(
                    "OPTIONS",
                    "/echo/" + path,
                    "",
                    "Origin: " + origin,
                    "Access-Control-Request-Method: " + method,
                    "Access-Control-Request-Headers: a, b, c");
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("cache-control")).contains("public").contains("max-age=31536000");
            assertThat(answer.header("expires")).isNotEmpty();
            assertThat(answer.header("access-control-max-age")).isEqualTo("31536000");
            assertThat(answer.header("access-control-allow-methods")).isEqualTo("OPTIONS, " + method);
            assertThat(answer.header("access-control-allow-headers")).isEqualTo("a, b, c");
            assertThat(answer.body()).isEmpty();
            assertShared(answer.head(), origin);
        }
    }

    @Test
    void echoesNoRequestHeadersThatNobodyAskedFor() throws Exception {
        assertThat(request("OPTIONS", "/echo/a/a/xhr", "", "Origin: test", "Access-Control-Request-Headers: ")
                        .header("access-control-allow-headers"))
                .isEmpty();
        assertThat(request("OPTIONS", "/echo/a/a/xhr", "", "Origin: test").header("access-control-allow-headers"))
                .isEmpty();
    }

    // Session URLs.

    @ParameterizedTest
    @ValueSource(strings = {"/a/a", "/_/_", "/1/1", "/abcdefgh_i-j%20/abcdefg_i-j%20"})
    void takesAnyServerAndSessionId(String ids) throws Exception {
        assertThat(post("/echo" + ids + UUID.randomUUID() + "/xhr", "").body()).isEqualTo("o\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/a./a", "/a/a.", "/./.", "/", "///"})
    void takesNoEmptyOrDottedIdAndNoOtherNumberOfThem(String ids) throws Exception {
        assertThat(get("/echo" + ids + "/xhr").status()).isEqualTo(404);
        assertThat(post("/echo" + ids + "/xhr", "").status()).isEqualTo(404);
    }

    @Test
    void knowsASessionByItsSessionIdAlone() throws Exception {
        String id = UUID.randomUUID().toString();
        assertThat(post("/echo/000/" + id + "/xhr", "").body()).isEqualTo("o\n");
        assertThat(post("/echo/000/" + id + "/xhr_send", "[\"a\"]").status()).isEqualTo(204);
        assertThat(post("/echo/999/" + id + "/xhr", "").body()).isEqualTo("a[\"a\"]\n");
    }

    // Protocol and framing.

    @Test
    void opensTakesAndDelivers() throws Exception {
        String session = session("/echo");
        assertThat(post(session + "/xhr", "").body()).isEqualTo("o\n");
        HttpSocket.Response sent = post(session + "/xhr_send", "[\"a\"]");
        assertThat(sent.status()).isEqualTo(204);
        assertThat(sent.body()).isEmpty();
        assertThat(post(session + "/xhr", "").body()).isEqualTo("a[\"a\"]\n");
        assertThat(post("/echo/000/bad_session/xhr_send", "[\"a\"]").status()).isEqualTo(404);
    }

    @Test
    void letsOneRequestReceiveAtATime() throws Exception {
        String session = session("/echo");
        post(session + "/xhr", "");
        try (HttpSocket waiting = server.connect()) {
            waiting.send("POST", session + "/xhr", "").head();
            assertThat(post(session + "/xhr", "").body()).isEqualTo("c[2010,\"Another connection still open\"]\n");
        }
    }

    @Test
    void tellsTheReasonOfAClosureUntilTheSessionIsForgotten() throws Exception {
        String session = session("/close");
        assertThat(post(session + "/xhr", "").body()).isEqualTo("o\n");
        assertThat(post(session + "/xhr", "").body()).isEqualTo("c[3000,\"Go away!\"]\n");
        assertThat(post(session + "/xhr", "").body()).isEqualTo("c[3000,\"Go away!\"]\n");
    }

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

    // JSESSIONID cookie.

    @Test
    void saysInInfoThatACookieIsNeeded() throws Exception {
        HttpSocket.Response info = get("/cookie_needed_echo/info");
        assertThat(info.body()).contains("\"cookie_needed\":true");
        assertThat(info.header("set-cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST,xhr", "POST,xhr_streaming", "GET,eventsource", "GET,htmlfile?c=x", "GET,jsonp?c=x"})
    void setsOrKeepsTheCookieWhereItIsNeeded(String method, String transport) throws Exception {
        assertThat(cookie(method, "/cookie_needed_echo", transport, "X: y")).isEqualTo("JSESSIONID=dummy; Path=/");
        assertThat(cookie(method, "/cookie_needed_echo", transport, "Cookie: a=b; JSESSIONID=abcdef"))
                .isEqualTo("JSESSIONID=abcdef; Path=/");
        assertThat(cookie(method, "/echo", transport, "Cookie: JSESSIONID=abcdef"))
                .isEmpty();
    }

    @Test
    void keepsTheCookieWhereMessagesAreSent() throws Exception {
        String session = session("/cookie_needed_echo");
        get(session + "/jsonp?c=x");
        assertThat(request("POST", session + "/jsonp_send", "d=%5B%22x%22%5D", FORM)
                        .header("set-cookie"))
                .isEqualTo("JSESSIONID=dummy; Path=/");
        assertThat(post(session + "/xhr_send", "[\"x\"]").header("set-cookie")).isEqualTo("JSESSIONID=dummy; Path=/");
    }

    // Handling close.

    @Test
    void closesTheStreamWithTheSession() throws Exception {
        String session = session("/close");
        try (HttpSocket first = server.connect();
                HttpSocket second = server.connect()) {
            first.send("POST", session + "/xhr_streaming", "").head();
            first.chunk();
            assertThat(first.chunk()).isEqualTo("o\n");
            assertThat(first.chunk()).isEqualTo("c[3000,\"Go away!\"]\n");
            second.send("POST", session + "/xhr_streaming", "").head();
            second.chunk();
            assertThat(second.chunk()).isEqualTo("c[3000,\"Go away!\"]\n");
            assertThat(first.chunk()).isEmpty();
            assertThat(second.chunk()).isEmpty();
        }
    }

    @Test
    void closesASecondStreamAndLeavesTheFirst() throws Exception {
        String session = session("/echo");
        try (HttpSocket first = server.connect();
                HttpSocket second = server.connect()) {
            open(first, session);
            second.send("POST", session + "/xhr_streaming", "").head();
            second.chunk();
            assertThat(second.chunk()).isEqualTo("c[2010,\"Another connection still open\"]\n");
            assertThat(second.chunk()).isEmpty();
            post(session + "/xhr_send", "[\"still\"]");
            assertThat(first.chunk()).isEqualTo("a[\"still\"]\n");
        }
    }

    @Test
    void interruptsASessionWhoseStreamBreaksOff() throws Exception {
        String session = session("/echo");
        try (HttpSocket first = server.connect()) {
            open(first, session);
        }
        assertInterrupted(session);
    }

    @Test
    void interruptsASessionWhosePollBreaksOff() throws Exception {
        String session = session("/echo");
        post(session + "/xhr", "");
        try (HttpSocket poll = server.connect()) {
            poll.send("POST", session + "/xhr", "").head();
        }
        assertInterrupted(session);
    }

    // HTTP 1.0 and 1.1.

    @Test
    void streamsToOldClientsUntilTheConnectionEnds() throws Exception {
        try (HttpSocket old = server.connect()) {
            old.send(("POST " + session("/close") + "/xhr_streaming HTTP/1.0\r\nHost: localhost\r\n"
                            + "Connection: Keep-Alive\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            HttpSocket.Head head = old.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).doesNotContainKeys("transfer-encoding", "content-length");
            assertThat(old.rest()).isEqualTo("h".repeat(2048) + "\no\nc[3000,\"Go away!\"]\n");
        }
    }

    @Test
    void streamsToNewClientsInChunks() throws Exception {
        try (HttpSocket stream = server.connect()) {
            HttpSocket.Head head = stream.send(
                            "POST", session("/close") + "/xhr_streaming", "", "Connection: Keep-Alive")
                    .head();
            assertThat(head.chunked()).isTrue();
            assertThat(head.headers()).doesNotContainKey("content-length");
            assertThat(stream.chunk()).startsWith("h");
            assertThat(stream.chunk()).isEqualTo("o\n");
            assertThat(stream.chunk()).isEqualTo("c[3000,\"Go away!\"]\n");
            assertThat(stream.chunk()).isEmpty();
        }
    }

    @Test
    void answersManyRequestsOnOneConnection() throws Exception {
        String session = session("/echo");
        try (HttpSocket socket = server.connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(socket.request("POST", session + "/xhr", "").body())
                        .isEqualTo(i == 0 ? "o\n" : "a[\"" + i + "\"]\n");
                assertThat(socket.request("POST", session + "/xhr_send", "[\"" + (i + 1) + "\"]")
                                .status())
                        .isEqualTo(204);
            }
        }
    }

    /** Whoever interrupted it, its client is told so or gets a new one. */
    private static void assertInterrupted(String session) throws Exception {
        org.awaitility.Awaitility.await()
                .until(() -> !post(session + "/xhr", "").body().startsWith("c[2010"));
        assertThat(post(session + "/xhr", "").body()).isEqualTo("c[1002,\"Connection interrupted\"]\n");
    }

    private static void open(HttpSocket stream, String session) throws IOException {
        stream.send("POST", session + "/xhr_streaming", "").head();
        stream.chunk();
        assertThat(stream.chunk()).isEqualTo("o\n");
    }

    private static String cookie(String method, String base, String transport, String header) throws IOException {
        try (HttpSocket socket = server.connect()) {
            return socket.send(method, session(base) + "/" + transport, "", header)
                    .head()
                    .header("set-cookie");
        }
    }

    private static void assertNotCached(HttpSocket.Head head) {
        assertThat(head.header("cache-control"))
                .isEqualTo("no-store, no-cache, no-transform, must-revalidate, max-age=0");
        assertThat(head.headers()).doesNotContainKeys("expires", "last-modified");
    }

    private static void assertShared(HttpSocket.Head head, String origin) {
        assertThat(head.header("access-control-allow-origin")).isEqualTo(origin);
        assertThat(head.header("access-control-allow-credentials")).isEqualTo("true");
    }

    private static String session(String base) {
        return base + "/000/" + UUID.randomUUID();
    }

    private static HttpSocket.Response get(String path) throws IOException {
        return request("GET", path, "");
    }

    private static HttpSocket.Response post(String path, String body) throws IOException {
        return request("POST", path, body);
    }

    private static HttpSocket.Response request(String method, String path, String body, String... headers)
            throws IOException {
        try (HttpSocket socket = server.connect()) {
            return socket.request(method, path, body, headers);
        }
    }
}
