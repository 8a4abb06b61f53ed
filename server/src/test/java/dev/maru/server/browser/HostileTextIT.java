package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.maru.server.support.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HTML and script in names, rooms and messages: text like any other. */
@InChromium
class HostileTextIT {

    private static final String NAME = "<img src=x onerror=alert(1)>";
    private static final String ROOM = "<script>alert(2)</script><h1 id=planted>";
    private static final String TEXT = "<b id=planted onclick=alert(3)>click</b><script>alert(4)</script>";
    private static final String LINK = "javascript:alert(5) and <a href='javascript:alert(6)'>this</a>";

    @Test
    void isShownAsTextEverywhere(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, ROOM);
        List<String> dialogs = new ArrayList<>();
        Person mallory = Person.enters(watched(browsers, dialogs), room, NAME);
        Person jane = Person.enters(watched(browsers, dialogs), room, "Jane");

        mallory.composer().pressSequentially("<i>");
        assertThat(jane.typing()).hasText(NAME + " is writing");
        mallory.says(TEXT);
        mallory.says(LINK);
        jane.sees(TEXT, LINK);
        assertThat(jane.message("click").locator(".meta b")).hasText(NAME);
        assertThat(jane.heading()).hasText(ROOM);
        assertThat(jane.page()).hasTitle(ROOM + " · Maru");
        assertThat(jane.roomLink(room).locator(".name")).hasText(ROOM);
        assertThat(jane.page().locator("[data-live]")).containsText(NAME + ": ");

        jane.page().locator(".people").click();
        assertThat(jane.page().getByRole(AriaRole.DIALOG)).containsText(NAME);
        jane.page().keyboard().press("Escape");
        mallory.page().close();
        assertThat(jane.notes()).hasText(NAME + " left");

        assertThat(jane.page().locator("#planted, img, .log a, .log script, [onclick], [onerror]"))
                .hasCount(0);
        assertThat(dialogs).isEmpty();
    }

    private static Page watched(Browsers browsers, List<String> dialogs) {
        Page page = browsers.page(Look.DESKTOP);
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        return page;
    }
}
