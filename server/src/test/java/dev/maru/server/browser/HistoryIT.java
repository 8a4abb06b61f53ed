package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.maru.server.support.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room with a long past: older pages come on scrolling up, and the page never holds more than it can bear. */
@InChromium
class HistoryIT {

    private static final int STORED = 420;
    private static final int AT_MOST = 300;
    private static final String READ = "no. 385";
    private static final Look LOW = new Look("en-US", 1000, 500, false, false);

    /** Notes the largest number of messages that ever stand in the document together. */
    private static final String COUNT_MESSAGES = """
            () => new MutationObserver(() => {
                window.mostMessages = Math.max(window.mostMessages ?? 0, document.querySelectorAll('.msg').length);
            }).observe(document.body, { childList: true, subtree: true })""";

    /** Brings a message to the middle of the window and says where it is then. */
    private static final String SCROLL_TO = """
            text => {
                const read = [...document.querySelectorAll('.msg')].find(each => each.textContent.includes(text));
                read.scrollIntoView({ block: 'center' });
                return read.getBoundingClientRect().top;
            }""";

    @Test
    void bringsOlderPagesAndGoesBackToTheNewest(Browsers browsers, ServerProcess server) {
        Room room = withPast(server);
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        Page page = minsu.page();
        assertThat(minsu.message("no. " + STORED)).isInViewport();
        page.evaluate(COUNT_MESSAGES);

        while (!first(page).equals("1")) {
            String first = first(page);
            page.evaluate("() => { document.querySelector('.log').scrollTop = 0 }");
            assertThat(page.locator(".msg").first()).not().hasAttribute("data-offset", first);
        }
        assertThat(minsu.texts().first()).hasText("no. 1");
        assertThat(page.locator(".msg")).hasCount(AT_MOST);

        minsu.page().locator(".pill").click();
        assertThat(minsu.message("no. " + STORED)).isInViewport();
        minsu.says("the newest");
        assertThat(minsu.message("the newest")).isInViewport();
        assertThat((Integer) page.evaluate("window.mostMessages")).isEqualTo(AT_MOST);
    }

    @Test
    void keepsWhatIsReadInItsPlaceWhileOlderAndNewerMessagesCome(Browsers browsers, ServerProcess server) {
        Room room = withPast(server);
        Person minsu = Person.enters(browsers.page(LOW), room, "민수");
        Page page = minsu.page();
        assertThat(minsu.message("no. " + STORED)).isInViewport();

        String first = first(page);
        double top = ((Number) page.evaluate(SCROLL_TO, READ)).doubleValue();
        Locator read = minsu.message(READ);
        assertThat(page.locator(".msg").first()).not().hasAttribute("data-offset", first);
        room.hears("Jane", "something new");
        assertThat(page.locator(".pill")).containsText("1 new message");
        assertThat(read.boundingBox().y).isCloseTo(top, within(2.0));
    }

    @Test
    void saysThatOlderMessagesAreArchived(Browsers browsers, @TempDir Path data) {
        try (ServerProcess server = ServerProcess.start(data, "--maru.history.keep=1s")) {
            Room room = Room.named(server, "Short memory");
            room.hears("Jane", "long ago");
            Awaitility.await().until(() -> Files.exists(data.resolve("archive").resolve(room.id())));
            room.hears("Jane", "just now");

            Page page = Person.enters(browsers.page(Look.DESKTOP), room, "민수").page();

            assertThat(page.getByText("Older messages are in the server’s archive."))
                    .isVisible();
            assertThat(page.getByText("long ago")).not().isVisible();
        }
    }

    private static Room withPast(ServerProcess server) {
        Room room = Room.named(server, "Archive");
        IntStream.rangeClosed(1, STORED).forEach(number -> room.hears("Jane", "no. " + number));
        return room;
    }

    private static String first(Page page) {
        return page.locator(".msg").first().getAttribute("data-offset");
    }
}
