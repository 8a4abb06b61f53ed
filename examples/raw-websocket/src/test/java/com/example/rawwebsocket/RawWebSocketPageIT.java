package com.example.rawwebsocket;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.maru.spring.socket.SocketSessions;
import dev.maru.testkit.browser.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The page in Chromium, in each of its ways. */
class RawWebSocketPageIT {
    private static ConfigurableApplicationContext application;
    private static Chromium browsers;

    @BeforeAll
    static void start() {
        if (Chromium.find().isEmpty() && !"true".equals(System.getenv("CI"))) {
            System.err.println("SKIPPED: RawWebSocketPageIT needs Chromium, which is not installed");
            abort("no Chromium");
        }
        application = SpringApplication.run(RawWebSocketApplication.class, "--server.port=0");
        browsers = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            browsers.close();
            application.close();
        }
    }

    /** Nobody may be left who says good-bye in the next test. */
    @AfterEach
    void closePages() {
        browsers.closePages();
        await().until(() -> application.getBean(SocketSessions.class).all().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"websocket, websocket", "sockjs, sockjs", "websocket, sockjs", "annotated, annotated"})
    void talksFromPageToPageAndSeesWhoLeaves(String one, String another) {
        Page minsu = open();
        enter(minsu, "민수", one);
        assertThat(lines(minsu)).hasText(new String[] {"민수 joined"});
        Page jane = open();
        enter(jane, "Jane", another);
        assertThat(lines(jane)).hasText(new String[] {"Jane joined"});

        say(jane, "안녕 <b>all</b> 👋");
        for (int i = 0; i < 20; i++) {
            say(minsu, "no. " + i);
        }
        assertThat(lines(jane).last()).hasText("민수: no. 19");
        assertThat(lines(minsu).nth(2)).hasText("Jane: 안녕 <b>all</b> 👋");
        assertThat(lines(minsu)).hasCount(23);
        for (int i = 0; i < 20; i++) {
            assertThat(lines(jane).nth(2 + i)).hasText("민수: no. " + i);
        }

        jane.click("#leave");
        assertThat(jane.locator("#state")).containsText("Closed: 100");
        assertThat(lines(minsu).last()).hasText("Jane left");
        enter(jane, "Jane", another);
        assertThat(lines(minsu).last()).hasText("Jane joined");
        jane.close();
        assertThat(lines(minsu).last()).hasText("Jane left");
    }

    @Test
    void talksBySockJsWithoutWebSockets() {
        Page minsu = open();
        enter(minsu, "민수", "websocket");
        Page jane = browsers.open("about:blank");
        jane.addInitScript("delete window.WebSocket;");
        jane.navigate(address());
        enter(jane, "Jane", "sockjs");
        assertThat(lines(minsu).last()).hasText("Jane joined");
        say(jane, "by HTTP");
        assertThat(lines(minsu).last()).hasText("Jane: by HTTP");
        say(minsu, "heard");
        assertThat(lines(jane).last()).hasText("민수: heard");
    }

    private static String address() {
        return "http://localhost:" + application.getEnvironment().getRequiredProperty("local.server.port");
    }

    private static Page open() {
        return browsers.open(address());
    }

    private static void enter(Page page, String name, String way) {
        page.fill("#name", name);
        page.selectOption("#way", way);
        page.press("#name", "Enter");
        assertThat(page.locator("#text")).isVisible();
    }

    private static void say(Page page, String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    private static Locator lines(Page page) {
        return page.locator("#messages li");
    }
}
