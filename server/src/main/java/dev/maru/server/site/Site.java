package dev.maru.server.site;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The browser client's files by path. Addresses that the client itself shows in the address bar ({@code /} and
 * {@code /rooms/{id}}) stand for its one page. Besides them there is sockjs-client, where the page inside SockJS's iframe
 * transports looks for it.
 *
 * <p>Immutable; safe for any thread.
 */
final class Site {
    private static final String FOLDER = "META-INF/resources/";
    private static final String SOCKJS_CLIENT = FOLDER + "webjars/sockjs-client/*/dist/sockjs.min.js";
    private static final String SOCKJS_CLIENT_PATH = "/sockjs/sockjs.min.js";
    private static final Pattern PAGE = Pattern.compile("/|/rooms/[^/]*");

    private final Map<String, SiteFile> files;

    Site(Map<String, SiteFile> files) {
        this.files = Map.copyOf(files);
    }

    /** Reads all files that the class path has for browsers. */
    static Site load() throws IOException {
        Map<String, SiteFile> files = new HashMap<>();
        for (Resource script : new PathMatchingResourcePatternResolver().getResources("classpath*:" + SOCKJS_CLIENT)) {
            files.put(SOCKJS_CLIENT_PATH, SiteFile.of(SOCKJS_CLIENT_PATH, script.getContentAsByteArray()));
        }
        for (Resource resource :
                new PathMatchingResourcePatternResolver().getResources("classpath*:" + FOLDER + "**/*.*")) {
            String url = resource.getURL().toString();
            String path = "/" + url.substring(url.lastIndexOf(FOLDER) + FOLDER.length());
            if (resource.isReadable() && !path.startsWith("/webjars/")) {
                files.put(path, SiteFile.of(path, resource.getContentAsByteArray()));
            }
        }
        return new Site(files);
    }

    /** What stands at this path, if anything does. */
    Optional<SiteFile> find(String path) {
        return Optional.ofNullable(files.get(PAGE.matcher(path).matches() ? "/index.html" : path));
    }
}
