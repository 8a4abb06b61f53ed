package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import dev.maru.server.support.ServerProcess;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two people notice of a server that goes away and comes back: a banner. */
@InChromium
class OutageIT {

    /** How many messages wait in the browser's database. */
    private static final String WAITING = """
            () => new Promise(counted => {
                const opening = indexedDB.open('maru');
                opening.onsuccess = () => {
                    const outbox = opening.result.transaction('outbox').objectStore('outbox');
                    outbox.count().onsuccess = event => {
                        opening.result.close();
                        counted(event.target.result);
                    };
                };
            })""";

    @TempDir
    private static Path data;

    /** Each test ends it and starts another, on the same port and with the same data. */
    private static ServerProcess server;

    private static int port;

    @BeforeEach
    void startServer() {
        if (server == null) {
            server = ServerProcess.start(data);
            port = server.port();
        } else if (!server.isRunning()) {
            startServerAgain();
        }
    }

    @AfterAll
    static void endServer() {
        server.close();
    }

    @Test
    void comesBackByItselfAndSendsWhatWasWrittenMeanwhileOnce(Browsers browsers) {
        Room room = Room.named(port, "Kitchen");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        Person jane = Person.enters(browsers.page(Look.DESKTOP), room, "Jane");
        String[] texts =
                IntStream.rangeClosed(1, 12).mapToObj(number -> "no. " + number).toArray(String[]::new);

        minsu.says(texts[0]);
        jane.sees(texts[0]);
        Stream.of(texts).skip(1).limit(7).forEach(minsu::says);
        server.kill();
        Stream.of(texts).skip(8).forEach(minsu::says);
        assertThat(minsu.texts()).hasText(texts);
        assertThat(minsu.banner()).containsText("Reconnecting");
        assertThat(minsu.message("no. 12")).hasAttribute("data-state", "sending");

        startServerAgain();
        jane.sees(texts);
        minsu.sees(texts);
        assertThat(minsu.banner()).isEmpty();
        assertThat(room.texts()).containsExactly(texts);
        jane.says("seen");
        assertThat(minsu.texts().last()).hasText("seen");
        assertThat(jane.notes()).hasCount(0);
    }

    @Test
    void sendsOnceWhatTheServerStoredAndDidNotLiveToConfirm(Browsers browsers) {
        Room room = Room.named(port, "Kitchen");
        WayBack wayBack = new WayBack();
        Page page = browsers.page(Look.DESKTOP);
        page.routeWebSocket(url -> url.endsWith("/ws"), wayBack);
        Person minsu = Person.enters(page, room, "민수");
        wayBack.cut();
        minsu.says("once");
        page.waitForCondition(() -> room.texts().contains("once"));
        server.kill();
        assertThat(minsu.message("once")).hasAttribute("data-state", "sending");

        startServerAgain();
        minsu.sees("once");
        minsu.says("twice");
        minsu.sees("once", "twice");
        assertThat(room.texts()).containsExactly("once", "twice");
    }

    @Test
    void keepsWhatWasWrittenOverAReloadWithoutAServer(Browsers browsers) {
        Room room = Room.named(port, "Kitchen");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        minsu.says("before");
        minsu.sees("before");
        minsu.page().evaluate("() => navigator.serviceWorker.ready.then(() => true)");
        server.terminate();
        server.exitCode();

        minsu.says("meanwhile");
        minsu.page().waitForCondition(() -> Objects.equals(minsu.page().evaluate(WAITING), 1));
        minsu.page().reload();
        assertThat(minsu.page()).hasURL(room.address());
        assertThat(minsu.message("meanwhile")).hasAttribute("data-state", "sending");
        minsu.says("later");

        startServerAgain();
        minsu.sees("before", "meanwhile", "later");
        assertThat(room.texts()).containsExactly("before", "meanwhile", "later");
        assertThat(Person.enters(browsers.page(Look.DESKTOP), room, "Jane").texts())
                .hasText(new String[] {"before", "meanwhile", "later"});
    }

    private static void startServerAgain() {
        server = ServerProcess.start(data, "--server.port=" + port);
        server.port();
    }

    /** The first connection's way back to the page, which can be cut without either side's notice. */
    private static final class WayBack implements Consumer<WebSocketRoute> {

        private boolean used;
        private boolean cut;

        @Override
        public void accept(WebSocketRoute socket) {
            WebSocketRoute server = socket.connectToServer();
            if (!used) {
                used = true;
                server.onMessage(frame -> handOn(frame, socket));
            }
        }

        void cut() {
            cut = true;
        }

        private void handOn(WebSocketFrame frame, WebSocketRoute socket) {
            if (!cut) {
                socket.send(frame.text());
            }
        }
    }
}
