package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.maru.server.support.ServerProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tutorials' page where no WebSocket gets through: every other transport of sockjs-client carries the chat. */
@InChromium
class SockJsFallbackIT {
    private static final String DIFFICULT = "100% \"quoted\" 'and' \\ 한글 👋 </script> &amp; end";

    @ParameterizedTest
    @CsvSource({
        "1.1.2,xhr-streaming",
        "1.1.2,xhr-polling",
        "1.1.2,eventsource",
        "1.1.2,iframe-eventsource",
        "1.1.2,iframe-xhr-polling",
        "1.1.2,jsonp-polling",
        "1.6.1,xhr-streaming",
        "1.6.1,xhr-polling",
        "1.6.1,eventsource",
        "1.6.1,iframe-eventsource",
        "1.6.1,iframe-xhr-polling",
        "1.6.1,jsonp-polling"
    })
    void carriesTheTutorialsChat(String version, String transport, Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        String topic = "/topic/public/" + room.id();
        Page page = browsers.page(Look.DESKTOP);
        TutorialPage jane = TutorialPage.opensBy(page, room, "Jane", version, transport);
        assertThat(jane.received()).hasText(new String[] {topic + " JOIN Jane"});

        jane.says(DIFFICULT);
        room.hears("민수", "안녕하세요");
        assertThat(jane.received(topic + " TALK 민수 안녕하세요")).hasCount(1);
        assertThat(jane.received()).hasCount(3);
        assertThat(room.texts()).containsExactlyInAnyOrder(DIFFICULT, "안녕하세요");
        assertThat(jane.received().nth(1).textContent() + jane.received().nth(2).textContent())
                .contains("TALK Jane " + DIFFICULT);
    }
}
