package dev.maru.server.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Files of the test that a page gets under the server's own origin, by path; everything else goes to the server.
 * Confined to the test's thread.
 */
record TestFiles(Map<String, String> resources) {

    static final String WEBJARS = "META-INF/resources/webjars/";

    /** For Chromium a page from the test comes from nowhere, and only a person may let it talk to this computer. */
    private static final List<String> REACH_LOOPBACK = List.of("local-network-access");

    void giveTo(Page page, String origin) {
        page.context().grantPermissions(REACH_LOOPBACK);
        resources.forEach((path, file) -> page.route(
                url -> url.startsWith(origin) && path.equals(URI.create(url).getPath()), route -> answer(route, file)));
    }

    private static void answer(Route route, String file) {
        try (InputStream content = TestFiles.class.getClassLoader().getResourceAsStream(file)) {
            route.fulfill(new FulfillOptions()
                    .setContentType(file.endsWith(".js") ? "text/javascript" : "text/html")
                    .setBodyBytes(content.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
