package dev.maru.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.LocatorOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The page of the tutorials with the scripts that it loads, sockjs-client and stomp-websocket. The browser gets its
 * files from the test, under the server's own origin; everything else goes to the server. Confined to the test's thread.
 */
record TutorialPage(Page page) {

    private static final TestFiles FILES = new TestFiles(Map.of(
            "/tutorial/",
            "tutorial/index.html",
            "/tutorial/chat.js",
            "tutorial/chat.js",
            "/webjars/sockjs-client/sockjs.min.js",
            TestFiles.WEBJARS + "sockjs-client/1.1.2/sockjs.min.js",
            "/webjars/stomp-websocket/stomp.min.js",
            TestFiles.WEBJARS + "stomp-websocket/2.3.3-1/stomp.min.js"));

    /** Opens the page that has rooms. */
    static TutorialPage opens(Page page, Room room, String sender) {
        return open(page, room, sender, "&roomId=" + room.id());
    }

    /** Opens the page of the first version, which knows no rooms. */
    static TutorialPage opensWithoutRooms(Page page, Room lobby, String sender) {
        return open(page, lobby, sender, "");
    }

    void says(String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    void closesItsSocket() {
        page.click("#leave");
    }

    /** What came from the server: destination, type, sender and message, a line for each. */
    Locator received() {
        return page.locator("#received li");
    }

    Locator received(String line) {
        return page.locator("#received li", new LocatorOptions().setHasText(line));
    }

    private static TutorialPage open(Page page, Room room, String sender, String roomId) {
        FILES.giveTo(page, room.origin());
        String name = URLEncoder.encode(sender, StandardCharsets.UTF_8);
        page.navigate(room.origin() + "/tutorial/?sender=" + name + roomId);
        return new TutorialPage(page);
    }
}
