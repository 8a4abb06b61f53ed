package com.example.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.maru.chat.message.Messages;
import dev.maru.chat.message.PageQuery;
import dev.maru.testkit.browser.Chromium;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The shop in real browsers: customers on one side, an agent on the other. */
final class ShopIT {

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext shop;
    private static Chromium chromium;

    private BrowserContext customer;
    private BrowserContext other;
    private BrowserContext agent;

    @BeforeAll
    static void start() {
        shop = SpringApplication.run(
                ShopApplication.class,
                "--server.port=0",
                "--spring.datasource.url=jdbc:sqlite:" + folder.resolve("shop.db"));
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        shop.close();
    }

    @BeforeEach
    void open() {
        customer = chromium.browser().newContext();
        other = chromium.browser().newContext();
        agent = chromium.browser().newContext();
    }

    @AfterEach
    void close() {
        customer.close();
        other.close();
        agent.close();
    }

    @Test
    void aCustomerAsksAndAnAgentAnswers() {
        Page minsu = logIn(customer, "minsu", "/");
        assertThat(minsu.locator("#customer")).hasText("김민수");
        assertThat(minsu.locator(".products li")).hasCount(3);
        Page jane = logIn(other, "jane", "/");
        Page desk = logIn(agent, "agent", "/support");

        say(minsu, "안녕하세요, 찻잔은 언제 도착하나요?");
        assertThat(messages(minsu)).hasText(new String[] {"김민수안녕하세요, 찻잔은 언제 도착하나요?"});
        desk.locator("#rooms button", new Page.LocatorOptions().setHasText("김민수"))
                .click();
        assertThat(messages(desk)).hasText(new String[] {"김민수안녕하세요, 찻잔은 언제 도착하나요?"});
        say(desk, "내일 오전에 도착합니다 👍");
        assertThat(messages(minsu).last()).hasText("상담원 이지은내일 오전에 도착합니다 👍");

        say(minsu, "카드는 1234-5678-9012-3456 입니다");
        assertThat(messages(desk).last()).hasText("김민수카드는 ****-3456 입니다");
        assertThat(stored("support-minsu")).noneMatch(text -> text.contains("9012"));

        say(jane, "Is the notebook lined?");
        desk.locator("#rooms button", new Page.LocatorOptions().setHasText("Jane Doe"))
                .click();
        assertThat(messages(desk)).hasText(new String[] {"Jane DoeIs the notebook lined?"});
        assertThat(messages(jane)).hasCount(1);
        await().untilAsserted(() -> assertThat(requests("support-minsu")).isEqualTo(3));
    }

    @Test
    void nobodyListensToAnotherCustomer() {
        Page jane = logIn(other, "jane", "/");
        logIn(customer, "minsu", "/");

        Object refusal = jane.evaluate("""
                () => new Promise(done => {
                  const client = new StompJs.Client({ brokerURL: `ws://${location.host}/ws` });
                  client.onStompError = frame => done(frame.headers.message);
                  client.onConnect = () => client.subscribe('/topic/public/support-minsu', () => done('heard'));
                  client.activate();
                })""");
        assertThat(refusal).isEqualTo("forbidden");
        Response history = jane.navigate(address("/chat-api/rooms/support-minsu/messages"));
        assertThat(history.status()).isEqualTo(403);
        assertThat(jane.navigate(address("/support")).status()).isEqualTo(403);
    }

    @Test
    void whatWasMissedWithoutNetworkComesLater() {
        Page jane = logIn(other, "jane", "/");
        Page desk = logIn(agent, "agent", "/support");
        say(jane, "잠시만요");
        desk.locator("#rooms button", new Page.LocatorOptions().setHasText("Jane Doe"))
                .click();
        assertThat(messages(desk).last()).hasText("Jane Doe잠시만요");
        assertThat(messages(jane).last()).hasText("Jane Doe잠시만요");

        jane.reload();
        say(desk, "기다리고 있어요");
        assertThat(messages(jane).last()).hasText("상담원 이지은기다리고 있어요");
    }

    @Test
    void whoLogsOutIsDisconnected() {
        Page minsu = logIn(customer, "minsu", "/");
        Page second = customer.newPage();
        second.navigate(address("/"));
        second.evaluate("() => { window.closed = new Promise(done => {"
                + " const socket = new WebSocket(`ws://${location.host}/ws`, 'v12.stomp');"
                + " socket.onopen = () => { socket.send('CONNECT\\naccept-version:1.2\\nhost:x\\n\\n\\0'); };"
                + " socket.onmessage = () => { window.connected = true; };"
                + " socket.onclose = event => done(event.code); }); }");
        second.waitForFunction("() => window.connected === true");

        minsu.navigate(address("/logout"));
        minsu.locator("button[type=submit]").click();
        assertThat(second.evaluate("() => window.closed")).isNotNull();
    }

    @Test
    void theChatTouchesNoTableOfTheShop() {
        List<String> tables = jdbc().sql("SELECT name FROM sqlite_master WHERE type = 'table'")
                .query(String.class)
                .list();
        assertThat(tables.stream()
                        .filter(name -> !name.startsWith("maru_") && !name.startsWith("sqlite_"))
                        .toList())
                .containsExactlyInAnyOrder("product", "customer", "support_request", "flyway_schema_history");
        assertThat(jdbc().sql("SELECT script FROM flyway_schema_history")
                        .query(String.class)
                        .list())
                .containsExactly("V1__shop.sql");
    }

    private static Page logIn(BrowserContext context, String login, String path) {
        Page page = context.newPage();
        page.navigate(address("/login"));
        page.fill("input[name=username]", login);
        page.fill("input[name=password]", "password");
        page.locator("button[type=submit]").click();
        assertThat(page.locator("#customer")).isVisible();
        if (!path.equals("/")) {
            page.navigate(address(path));
        }
        return page;
    }

    private static void say(Page page, String text) {
        page.locator("#chat input").fill(text);
        Locator input = page.locator("#chat input");
        await().until(() -> {
            page.locator("#chat button").click();
            return input.inputValue().isEmpty();
        });
    }

    private static Locator messages(Page page) {
        return page.locator("#chat .messages li");
    }

    private static List<String> stored(String room) {
        return shop
                .getBean(Messages.class)
                .page(PageQuery.newest(room, 100))
                .toCompletableFuture()
                .join()
                .messages()
                .stream()
                .map(message -> message.text())
                .toList();
    }

    private static int requests(String room) {
        return jdbc().sql("SELECT messages FROM support_request WHERE room = ?")
                .param(room)
                .query(Integer.class)
                .single();
    }

    private static JdbcClient jdbc() {
        return shop.getBean(JdbcClient.class);
    }

    private static String address(String path) {
        return "http://localhost:" + shop.getEnvironment().getProperty("local.server.port") + path;
    }
}
