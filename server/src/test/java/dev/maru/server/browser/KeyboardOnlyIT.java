package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.maru.server.support.ServerProcess;
import org.junit.jupiter.api.Test;

/** Everything without a mouse, and without looking. */
@InChromium
class KeyboardOnlyIT {

    @Test
    void leadsFromTheNicknameToAMessageInAnotherRoom(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "마루 밑");
        Person jane = Person.enters(browsers.page(Look.DESKTOP), room, "Jane");
        Page page = browsers.page(Look.DESKTOP);
        page.navigate(Room.lobby(server).origin());
        Person minsu = new Person(page);
        assertThat(page.locator("#nickname")).isFocused();
        types(page, "민수");
        assertThat(minsu.composer()).isFocused();

        page.keyboard().press("Control+k");
        page.keyboard().insertText("ㅁㄹㅁ");
        assertThat(page.getByRole(AriaRole.OPTION)).hasText(new String[] {"마루 밑"});
        page.keyboard().press("Enter");
        assertThat(page).hasURL(room.address());
        minsu.isConnected();
        assertThat(minsu.composer()).isFocused();
        page.keyboard().insertText("one");
        page.keyboard().press("Shift+Enter");
        types(page, "two");
        assertThat(jane.texts()).hasText(new String[] {"one two"});
        assertThat(minsu.composer()).hasValue("");
    }

    @Test
    void walksFromMessageToMessageAndBackToTheBox(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        room.hears("Jane", "one");
        room.hears("Jane", "two");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        minsu.sees("one", "two");
        assertThat(minsu.composer()).isFocused();

        minsu.page().keyboard().press("Shift+F6");
        assertThat(minsu.message("two")).isFocused();
        minsu.page().keyboard().press("ArrowUp");
        assertThat(minsu.message("one")).isFocused();
        minsu.page().keyboard().press("End");
        assertThat(minsu.message("two")).isFocused();
        minsu.page().keyboard().press("F6");
        assertThat(minsu.composer()).isFocused();
    }

    @Test
    void opensAndClosesADialogAndReturnsTheFocus(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        minsu.page().locator(".plus").focus();
        minsu.page().keyboard().press("Enter");
        assertThat(minsu.page().locator("#room-name")).isFocused();
        minsu.page().keyboard().press("Escape");
        assertThat(minsu.page().locator("dialog")).hasCount(0);
        assertThat(minsu.page().locator(".plus")).isFocused();
    }

    @Test
    void speaksWhatOthersWriteAndNothingElse(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        room.hears("Jane", "long ago");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        Person jane = Person.enters(browsers.page(Look.DESKTOP), room, "Jane");

        minsu.says("mine");
        minsu.sees("long ago", "mine");
        jane.says("hers");
        assertThat(minsu.spoken()).hasText("Jane: hers");
        assertThat(jane.spoken()).hasText("민수: mine");
        assertThat(minsu.page().locator(".log")).hasAttribute("aria-live", "off");
    }

    private static void types(Page page, String text) {
        page.keyboard().insertText(text);
        page.keyboard().press("Enter");
    }
}
