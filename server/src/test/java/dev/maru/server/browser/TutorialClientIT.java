package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.ServerProcess;
import org.junit.jupiter.api.Test;

/** The tutorials' page, unmodified, beside Maru's own. */
@InChromium
class TutorialClientIT {

    @Test
    void talksWithMarusPageInARoom(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        String topic = "/topic/public/" + room.id();
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");

        TutorialPage jane = TutorialPage.opens(browsers.page(Look.DESKTOP), room, "Jane");
        assertThat(jane.received()).hasText(new String[] {topic + " JOIN Jane"});
        assertThat(minsu.notes()).hasText("Jane joined");

        minsu.says("안녕하세요");
        assertThat(jane.received().last()).hasText(topic + " TALK 민수 안녕하세요");
        jane.says("Hello <b>all</b>");
        minsu.sees("안녕하세요", "Hello <b>all</b>");
        assertThat(jane.received()).hasText(new String[] {
            topic + " JOIN Jane", topic + " TALK 민수 안녕하세요", topic + " TALK Jane Hello <b>all</b>"
        });
        assertThat(room.texts()).containsExactly("안녕하세요", "Hello <b>all</b>");
    }

    @Test
    void leavesWhenItsSocketCloses(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        String topic = "/topic/public/" + room.id();
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        TutorialPage yuna = TutorialPage.opens(browsers.page(Look.DESKTOP), room, "유나");
        assertThat(yuna.received()).hasCount(1);
        TutorialPage jane = TutorialPage.opens(browsers.page(Look.DESKTOP), room, "Jane");
        assertThat(yuna.received()).hasText(new String[] {topic + " JOIN 유나", topic + " JOIN Jane"});

        jane.closesItsSocket();
        assertThat(yuna.received().last()).hasText(topic + " LEAVE Jane");
        yuna.page().close();
        assertThat(minsu.notes()).hasText("유나 and Jane left");
        assertThat(minsu.people()).hasText("Only you are here");
    }

    @Test
    void talksWithMarusPageInTheLobby(Browsers browsers, ServerProcess server) {
        Room lobby = Room.lobby(server);
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), lobby, "로비 민수");
        TutorialPage jane = TutorialPage.opensWithoutRooms(browsers.page(Look.DESKTOP), lobby, "Lobby-Jane");
        assertThat(jane.received("/topic/public JOIN Lobby-Jane")).hasCount(1);

        minsu.says("어서 오세요");
        assertThat(jane.received("/topic/public TALK 로비 민수 어서 오세요")).hasCount(1);
        jane.says("Good to be here");
        assertThat(minsu.message("Good to be here").locator(".meta b")).hasText("Lobby-Jane");
        assertThat(jane.received("/topic/public TALK Lobby-Jane Good to be here"))
                .hasCount(1);
    }
}
