package dev.maru.spring.annotated;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of an endpoint, in which names in braces stand for segments (Jakarta WebSocket 2.2, 3.1.1).
 *
 * <p>Immutable; safe for any thread.
 *
 * @param path as it was written
 * @param pattern with a group for each name
 * @param names in their order
 */
record PathTemplate(String path, Pattern pattern, List<String> names) {
    private static final Pattern NAME = Pattern.compile("\\{([^/{}]+)}");

    static PathTemplate of(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path of a @ServerEndpoint begins with a slash: " + path);
        }
        List<String> names = new ArrayList<>();
        StringBuilder pattern = new StringBuilder();
        Matcher name = NAME.matcher(path);
        int literal = 0;
        while (name.find()) {
            pattern.append(Pattern.quote(path.substring(literal, name.start()))).append("([^/]+)");
            names.add(name.group(1));
            literal = name.end();
        }
        pattern.append(Pattern.quote(path.substring(literal)));
        return new PathTemplate(path, Pattern.compile(pattern.toString()), List.copyOf(names));
    }

    /** What stands in the places of the names. */
    Map<String, String> variables(String requested) {
        Map<String, String> variables = new LinkedHashMap<>();
        Matcher matcher = pattern.matcher(requested);
        if (matcher.matches()) {
            for (int i = 0; i < names.size(); i++) {
                variables.put(names.get(i), decoded(matcher.group(i + 1)));
            }
        }
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
