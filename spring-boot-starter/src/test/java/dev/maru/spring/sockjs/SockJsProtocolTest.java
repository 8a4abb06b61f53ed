package dev.maru.spring.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SockJS's own test suite (0.3.4) asks of the pages, of sessions, and of HTTP. */
class SockJsProtocolTest extends SockJsSuite {
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
}
