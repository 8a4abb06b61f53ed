package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator.PressSequentiallyOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.maru.server.support.ServerProcess;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What two people do from their first visit on. */
@InChromium
class ConversationIT {

    @Test
    void leadsFromTheFirstVisitToTheLobbyAndOnToARoomOfOnesOwn(Browsers browsers, ServerProcess server) {
        Page page = browsers.page(Look.DESKTOP);
        page.navigate(Room.lobby(server).origin());
        Person minsu = new Person(page);
        minsu.givesName("민수");
        assertThat(page).hasURL(Room.lobby(server).address());
        assertThat(minsu.heading()).hasText("Lobby");

        page.getByRole(AriaRole.BUTTON, named("New room")).click();
        page.getByLabel("Room name").fill("정원");
        page.getByRole(AriaRole.BUTTON, named("Create")).click();

        assertThat(minsu.heading()).hasText("정원");
        assertThat(page).hasURL(Pattern.compile("/rooms/[0-9a-f-]{36}$"));
        assertThat(page.getByText("Nobody has written here yet")).isVisible();

        page.goBack();
        assertThat(minsu.heading()).hasText("Lobby");
    }

    @Test
    void showsEachWhatTheOtherWrites(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP.korean()), room, "민수");
        Person jane = Person.enters(browsers.page(Look.DESKTOP), room, "Jane");

        minsu.says("안녕하세요");
        jane.sees("안녕하세요");
        jane.says("Hello");
        minsu.sees("안녕하세요", "Hello");
        jane.sees("안녕하세요", "Hello");
        assertThat(jane.message("안녕하세요").locator(".meta b")).hasText("민수");
    }

    @Test
    void tellsWhoComesWhoWritesAndWhoGoes(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        assertThat(minsu.people()).hasText("Only you are here");

        Person jane = Person.enters(browsers.page(Look.DESKTOP), room, "Jane");
        assertThat(minsu.notes()).hasText("Jane joined");
        assertThat(minsu.people()).hasText("2 here together");

        jane.composer().pressSequentially("Hel", new PressSequentiallyOptions().setDelay(20));
        assertThat(minsu.typing()).hasText("Jane is writing");
        jane.composer().press("Enter");
        assertThat(minsu.message("Hel")).isVisible();
        assertThat(minsu.typing()).hasText("");

        jane.page().close();
        assertThat(minsu.notes().last()).hasText("Jane left");
        assertThat(minsu.people()).hasText("Only you are here");
    }

    @Test
    void countsWhatWasNotReadInOtherRooms(Browsers browsers, ServerProcess server) {
        Room kitchen = Room.named(server, "Kitchen");
        Room garden = Room.named(server, "Garden");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), kitchen, "민수");
        assertThat(minsu.roomLink(garden)).isVisible();

        garden.hears("Jane", "one");
        assertThat(minsu.roomLink(garden).locator(".count")).containsText("1 unread");
        garden.hears("Jane", "two");
        assertThat(minsu.roomLink(garden).locator(".count")).containsText("2 unread");
        assertThat(minsu.page()).hasTitle(Pattern.compile("^\\(2\\) Kitchen"));

        minsu.opens(garden);
        minsu.sees("one", "two");
        assertThat(minsu.roomLink(garden).locator(".count")).hasCount(0);
        minsu.opens(kitchen);
        assertThat(minsu.page()).hasTitle(Pattern.compile("^Kitchen"));
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name).setExact(true);
    }
}
