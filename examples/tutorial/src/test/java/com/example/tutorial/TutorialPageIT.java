package com.example.tutorial;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.maru.testkit.ApplicationProcess;
import dev.maru.testkit.browser.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tutorial's page in Chromium, against the packaged application. */
class TutorialPageIT {
    private static ApplicationProcess application;
    private static Chromium browsers;

    @BeforeAll
    static void start() {
        if (Chromium.find().isEmpty() && !"true".equals(System.getenv("CI"))) {
            System.err.println("SKIPPED: TutorialPageIT needs Chromium, which is not installed");
            abort("no Chromium");
        }
        application = startApplication();
        browsers = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            browsers.close();
            application.close();
        }
    }

    @AfterEach
    void closePages() {
        browsers.closePages();
    }

    private static ApplicationProcess startApplication() {
        return ApplicationProcess.start(Path.of(System.getProperty("tutorial.jar")));
    }

    @Test
    void talksFromBrowserToBrowser() {
        Page minsu = enter("민수", "tea");
        assertThat(lines(minsu)).containsText(new String[] {"민수 joined"});
        assertThat(line(minsu, "Welcome to tea")).isVisible();
        Page jane = enter("Jane", "tea");
        assertThat(line(minsu, "Jane joined")).isVisible();

        say(minsu, "안녕하세요 👋");
        assertThat(line(jane, "안녕하세요 👋").locator("b")).hasText("민수");
        say(jane, "Hello <b>all</b>");
        assertThat(line(minsu, "Hello <b>all</b>").locator("b")).hasText("Jane");
        assertThat(line(jane, "joined")).hasText("Jane joined");
        assertThat(line(jane, "Welcome")).hasCount(1);
    }

    @Test
    void keepsTheInputInViewHoweverMuchWasSaid() {
        Page minsu = enter("민수", "talkative");
        for (int line = 1; line <= 30; line++) {
            say(minsu, "line " + line + " of " + "x".repeat(200));
        }

        assertThat(line(minsu, "line 30")).isInViewport();
        assertThat(minsu.locator("#text")).isInViewport();
        assertThat((Boolean) minsu.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
    }

    @Test
    void keepsRoomsApart() {
        Page tea = enter("Ann", "green");
        Page coffee = enter("Bob", "black");
        say(tea, "only for green");
        say(coffee, "only for black");
        assertThat(line(coffee, "only for black")).isVisible();
        assertThat(line(tea, "only for green")).isVisible();
        assertThat(line(coffee, "only for green")).hasCount(0);
        assertThat(line(tea, "only for black")).hasCount(0);
    }

    @Test
    void seesWhoLeavesWhenATabCloses() {
        Page ann = enter("Ann", "leaving");
        Page yuna = enter("유나", "leaving");
        assertThat(line(ann, "유나 joined")).isVisible();
        yuna.close();
        assertThat(line(ann, "유나 left")).hasCount(1);
    }

    @Test
    void talksInTheLobbyWithoutRooms() {
        Page ann = enter("Ann", "");
        assertThat(line(ann, "Ann joined")).isVisible();
        Page bob = enter("Bob", "");
        say(bob, "good to be here");
        assertThat(line(ann, "good to be here").locator("b")).hasText("Bob");
        bob.close();
        assertThat(line(ann, "Bob left")).isVisible();
    }

    @Test
    void showsWhatTheControllerRefuses() {
        Page ann = enter("Ann", "long");
        assertThat(line(ann, "Welcome")).isVisible();
        say(ann, "x".repeat(1_001));
        assertThat(ann.locator("#failure")).hasText("A message has at most 1000 characters");
        say(ann, "short");
        assertThat(line(ann, "short")).isVisible();
    }

    @Test
    void callsThePagesFailureCallbackWhenTheServerIsGone() {
        try (ApplicationProcess mortal = startApplication()) {
            Page ann = enter(browsers.open("http://localhost:" + mortal.port()), "Ann", "gone");
            Page bob = browsers.open("http://localhost:" + mortal.port());
            assertThat(line(ann, "Ann joined")).isVisible();

            mortal.close();

            assertThat(ann.locator("#failure")).containsText("No connection");
            assertThat(enter(bob, "Bob", "gone").locator("#failure")).containsText("No connection");
        }
    }

    @Test
    void loadsItsScriptsByPathsWithoutVersions() {
        List<String> failed = new ArrayList<>();
        Page page = browsers.open("about:blank");
        page.onResponse(response -> {
            if (response.status() >= 400) {
                failed.add(response.status() + " " + response.url());
            }
        });
        page.navigate(address());
        assertThat(failed).isEmpty();
        assertThat(page.evaluate("typeof SockJS + typeof Stomp + jQuery.fn.jquery"))
                .isEqualTo("functionobject3.5.1");
    }

    private static String address() {
        return "http://localhost:" + application.port();
    }

    private static Page enter(String name, String room) {
        return enter(browsers.open(address()), name, room);
    }

    private static Page enter(Page page, String name, String room) {
        page.fill("#name", name);
        page.fill("#room", room);
        page.press("#room", "Enter");
        return page;
    }

    private static void say(Page page, String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    private static Locator lines(Page page) {
        return page.locator("#messages li");
    }

    private static Locator line(Page page, String text) {
        return page.locator("#messages li", new Page.LocatorOptions().setHasText(text));
    }
}
