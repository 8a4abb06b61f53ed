package dev.maru.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@InChromium
class BrowsersTest {

    private static final String PAGE = """
            <!doctype html><title>마루</title><input id=name><button onclick="greet()">Enter</button><p></p>
            <script>function greet() {
                localStorage.name = document.getElementById('name').value;
                document.querySelector('p').textContent = 'Hello ' + localStorage.name;
            }</script>""";

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", BrowsersTest::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void drivesAPageFromALocalServer(Browsers browsers) {
        Page page = open(browsers, Look.DESKTOP);
        page.fill("#name", "민수");
        page.click("button");
        assertThat(page.textContent("p")).isEqualTo("Hello 민수");
        assertThat(page.title()).isEqualTo("마루");
    }

    @Test
    void keepsPeopleApart(Browsers browsers) {
        Page minsu = open(browsers, Look.DESKTOP);
        minsu.fill("#name", "민수");
        minsu.click("button");
        assertThat(minsu.evaluate("localStorage.name")).isEqualTo("민수");
        assertThat(open(browsers, Look.DESKTOP).evaluate("localStorage.name")).isNull();
    }

    @Test
    void showsThePersonsLanguageScreenAndPreference(Browsers browsers) {
        Page page = open(browsers, Look.PHONE.korean().inTheDark());
        assertThat(page.evaluate("navigator.language")).isEqualTo("ko-KR");
        assertThat(page.evaluate("innerWidth")).isEqualTo(390);
        assertThat(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
                .isEqualTo(true);
    }

    @Test
    void reportsScriptErrorsThatNobodyCaught(Browsers browsers) {
        Page page = open(browsers, Look.DESKTOP);
        page.evaluate("setTimeout(() => { throw new Error('lost') })");
        page.waitForCondition(browsers::sawScriptErrors);
        assertThat(browsers.close()).singleElement().asString().contains("lost");
    }

    private Page open(Browsers browsers, Look look) {
        Page page = browsers.page(look);
        page.navigate("http://localhost:" + server.getAddress().getPort());
        return page;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
