package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.RunningServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The page where people have accounts: in by name and password, out by choice or because the session ended. */
@InChromium
class LogInIT {
    private static final String PASSWORD = "correct horse battery";

    private static RunningServer server;
    private static String adminToken;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = RunningServer.start(data, "--maru.access=accounts");
        adminToken = Files.readString(data.resolve("admin-token")).strip();
        account("jane", "Jane Doe");
        account("minsu", "민수");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void letsSomebodyInWhoKnowsTheirPassword(Browsers browsers) {
        Page page = open(browsers, Look.PHONE);
        assertThat(page.locator("#nickname")).hasCount(0);
        assertThat(page.locator("#log-in-name")).isFocused();
        page.keyboard().press("Enter");
        assertThat(problem(page)).hasText("Write your name first.");
        logIn(page, "jane", "wrong");
        assertThat(problem(page)).hasText("The name or the password is wrong.");
        assertThat(page.locator("#log-in-password")).isFocused();
        assertThat(page.locator("#log-in-password")).hasAttribute("aria-describedby", "log-in-problem");

        logIn(page, "jane", PASSWORD);
        Person jane = new Person(page);
        jane.isConnected();
        jane.says("hello");
        assertThat(jane.texts().last()).hasText("hello");
        assertThat(jane.message("hello").locator(".meta b")).hasText("Jane Doe");
        page.reload();
        jane.isConnected();
        assertThat(jane.texts().last()).hasText("hello");
    }

    @Test
    void leadsBackToTheFormWithWhatWasWrittenWhenTheSessionEnds(Browsers browsers) {
        Page page = open(browsers, Look.DESKTOP.korean());
        logIn(page, "minsu", PASSWORD);
        Person minsu = new Person(page);
        minsu.isConnected();
        minsu.composer().fill("쓰다 만 글");

        administer("/api/admin/accounts/minsu/revoke", Map.of());

        assertThat(page.locator("h1")).hasText("다시 로그인해 주세요");
        assertThat(page.locator("#log-in-name")).hasValue("minsu");
        assertThat(page.locator("#log-in-password")).isFocused();
        assertThat(page.locator(".banner")).hasCount(0);
        logIn(page, "minsu", PASSWORD);
        assertThat(minsu.composer()).hasValue("쓰다 만 글");
        minsu.isConnected();
        minsu.composer().press("Enter");
        assertThat(minsu.texts().last()).hasText("쓰다 만 글");
    }

    @Test
    void forgetsOnLogOutWhatOthersSaidAndShowsNobodyAnothersDraft(Browsers browsers) {
        Page page = open(browsers, Look.DESKTOP);
        logIn(page, "jane", PASSWORD);
        Person person = new Person(page);
        person.isConnected();
        person.composer().fill("half a thought");
        page.locator(".me").click();
        page.locator("dialog .account button").click();
        assertThat(page.locator("h1")).hasText("Log in");
        assertThat(page.locator("#log-in-name")).hasValue("");

        logIn(page, "minsu", PASSWORD);
        person.isConnected();
        assertThat(person.composer()).hasValue("");
        assertThat(page.locator(".me .name")).hasText("민수");
    }

    private static Page open(Browsers browsers, Look look) {
        Page page = browsers.page(look);
        page.navigate("http://localhost:" + server.port() + "/rooms/lobby");
        return page;
    }

    private static void logIn(Page page, String name, String password) {
        page.fill("#log-in-name", name);
        page.fill("#log-in-password", password);
        page.press("#log-in-password", "Enter");
    }

    private static Locator problem(Page page) {
        return page.locator("#log-in-problem[role=alert]");
    }

    private static void account(String name, String displayName) {
        administer("/api/admin/accounts", Map.of("name", name, "displayName", displayName, "password", PASSWORD));
    }

    private static void administer(String path, Map<String, String> body) {
        HttpAnswer answer = server.answer(server.request(path)
                .header("Authorization", "Bearer " + adminToken)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(new JsonMapper().writeValueAsString(body)))
                .build());
        assertThat(answer.status()).isIn(200, 201);
    }
}
