package dev.maru.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.RunningServer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser client as browsers get it. */
class SiteIT {
    private static final Pattern ASSET = Pattern.compile("\"(/assets/[^\"]+)\"");

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/rooms/lobby", "/rooms/3d41c3ed-8ddb-458d", "/index.html"})
    void showsThePageUnderEachOfItsAddresses(String path) {
        HttpAnswer page = server.get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.body()).containsIgnoringCase("<!doctype html>");
    }

    @Test
    void hasTheScriptThatTheIframeOfSockJsLoads() {
        assertThat(server.get("/ws/iframe.html").body()).contains("<script src=\"/sockjs/sockjs.min.js\">");
        HttpAnswer script = server.get("/sockjs/sockjs.min.js");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
        assertThat(script.body()).contains("1.6.1", "bootstrap_iframe");
        assertThat(server.get("/webjars/sockjs-client/1.6.1/package.json").status())
                .isEqualTo(404);
    }

    @Test
    void asksAgainForThePageAndSendsItOnlyWhenItChanged() {
        String tag = server.get("/").header("ETag");
        HttpAnswer again = server.answer(
                server.request("/").header("If-None-Match", tag).GET().build());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        HttpAnswer other = server.answer(
                server.request("/").header("If-None-Match", "\"other\"").GET().build());
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void letsBrowsersKeepWhatCarriesItsHash() {
        List<String> assets = ASSET.matcher(server.get("/").body())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(assets).isNotEmpty().allSatisfy(asset -> {
            HttpAnswer answer = server.get(asset);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
            assertThat(answer.header("Content-Type")).matches("text/(javascript|css);charset=UTF-8");
        });
    }

    @Test
    void compressesForThoseWhoAcceptIt() {
        HttpRequest.Builder request = server.request("/").GET();
        HttpAnswer plain = server.answer(request.build());
        HttpAnswer zipped =
                server.answer(request.header("Accept-Encoding", "br, gzip").build());
        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(zipped.header("ETag")).isNotEqualTo(plain.header("ETag"));
        assertThat(length(zipped)).isLessThan(length(plain));
    }

    @Test
    void asksAgainForTheServiceWorker() {
        HttpAnswer worker = server.get("/sw.js");
        assertThat(worker.status()).isEqualTo(200);
        assertThat(worker.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void answersHeadWithoutABody() {
        HttpAnswer head = server.answer(server.request("/").HEAD().build());
        assertThat(head.status()).isEqualTo(200);
        assertThat(length(head)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/assets/none-ABCDEFGH.js", "/api/rooms"})
    void tellsBrowsersToBeCareful(String path) {
        HttpAnswer answer = server.get(path);
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/assets/none.js", "/rooms/a/b", "/application.properties", "/META-INF/", "/..%2f"})
    void hasNothingElse(String path) {
        assertThat(server.get(path).status()).isEqualTo(404);
    }

    private static long length(HttpAnswer answer) {
        return Long.parseLong(String.valueOf(answer.header("Content-Length")));
    }
}
