package dev.maru.engine.destination;

import java.util.List;

/**
 * An Ant pattern over destinations: {@code *} stands for any characters within a segment, {@code **} for any number of
 * segments, {@code {name}} for one segment. Segments are divided by {@code /}.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param text the pattern as it was written
 * @param segments its segments
 */
public record DestinationPattern(String text, List<String> segments) {

    static final String ANY_DEPTH = "**";

    /** With more of them, matching could cost more than it is worth, and patterns come from clients. */
    private static final int MAX_ANY_DEPTH = 2;

    private static final int MAX_SEGMENTS = 32;

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it has more than 32 segments or more than two {@code **}
     */
    public static DestinationPattern of(String text) {
        List<String> segments = split(text);
        if (segments.size() > MAX_SEGMENTS
                || segments.stream().filter(ANY_DEPTH::equals).count() > MAX_ANY_DEPTH) {
            throw new IllegalArgumentException(
                    "a pattern has at most " + MAX_SEGMENTS + " segments and " + MAX_ANY_DEPTH + " times **");
        }
        return new DestinationPattern(text, segments);
    }

    /** Whether the text is a pattern at all, and not the name of one destination. */
    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('{') >= 0;
    }

    static List<String> split(String destination) {
        return List.of(destination.split("/", -1));
    }

    /** Whether the segment matches this one segment of a pattern. */
    static boolean segmentMatches(String pattern, String segment) {
        if (pattern.startsWith("{") && pattern.endsWith("}")) {
            return !segment.isEmpty();
        }
        return globMatches(pattern, segment);
    }

    /** Greedy with one point to come back to, so the time is at most the product of the lengths. */
    private static boolean globMatches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int starText = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starText = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
