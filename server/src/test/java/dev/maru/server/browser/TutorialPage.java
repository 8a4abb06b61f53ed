package dev.maru.server.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.LocatorOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The page of the tutorials with the scripts that it loads, sockjs-client and stomp-websocket. The browser gets its
 * files from the test, under the server's own origin; everything else goes to the server. Confined to the test's thread.
 */
record TutorialPage(Page page) {

    /** The page in an iframe needs the library as it is. */
    private static final String ONE_TRANSPORT = """
            delete window.WebSocket;
            if (!location.pathname.includes('/iframe')) {
                let library;
                Object.defineProperty(window, 'SockJS', {
                    set: loaded => library = loaded,
                    get: () => function (url) {
                        return new library(url, null, {transports: ['{transport}']});
                    }
                });
            }
            """;

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

    /** Opens the page with rooms where there is no WebSocket and sockjs-client may use one transport only. */
    static TutorialPage opensBy(Page page, Room room, String sender, String version, String transport) {
        page.addInitScript(ONE_TRANSPORT.replace("{transport}", transport));
        boolean old = version.equals("1.1.2");
        String library = TestFiles.WEBJARS + "sockjs-client/" + version + (old ? "" : "/dist") + "/sockjs.min.js";
        Map<String, String> files = new HashMap<>(Map.of("/webjars/sockjs-client/sockjs.min.js", library));
        if (old) {
            // The server has the other one for the pages within iframes.
            files.put("/sockjs/sockjs.min.js", library);
        }
        return open(page, room, sender, "&roomId=" + room.id(), files);
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
        return open(page, room, sender, roomId, Map.of());
    }

    private static TutorialPage open(
            Page page, Room room, String sender, String roomId, Map<String, String> otherFiles) {
        FILES.giveTo(page, room.origin());
        new TestFiles(otherFiles).giveTo(page, room.origin());
        String name = URLEncoder.encode(sender, StandardCharsets.UTF_8);
        page.navigate(room.origin() + "/tutorial/?sender=" + name + roomId);
        return new TutorialPage(page);
    }
}
