package dev.maru.spring.annotated;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.web.util.UriTemplate;

/**
 * The path of an endpoint, in which names in braces stand for segments (Jakarta WebSocket 2.2, 3.1.1).
 *
 * <p>Immutable; safe for any thread.
 *
 * @param path as it was written
 * @param template reads a requested path
 */
record PathTemplate(String path, UriTemplate template) {

    static PathTemplate of(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path of a @ServerEndpoint begins with a slash: " + path);
        }
        return new PathTemplate(path, new UriTemplate(path));
    }

    /** What stands in the places of the names. */
    Map<String, String> variables(String requested) {
        Map<String, String> variables = template.match(requested);
        variables.replaceAll((name, segment) -> decoded(segment));
        return variables;
    }

    /** A plus is a plus in a path. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return segment;
        }
    }
}
