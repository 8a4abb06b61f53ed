package dev.maru.cluster.redis;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The patterns of destinations, as {@code PSUBSCRIBE} wants them: whatever stands for a part of a destination, or for
 * several, is Redis' {@code *}, which stands for any characters.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param globs for Redis
 * @param expressions the same, at the same indices
 */
record ChannelPatterns(List<String> globs, List<Pattern> expressions) {
    private static final Pattern WILDCARD = Pattern.compile("\\*+|\\{[^}]*}");
    private static final Pattern SPECIAL = Pattern.compile("[\\[\\]?\\\\^]");

    /** @param destinations for example {@code /topic/public/*} or {@code /topic/public/{room}} */
    static ChannelPatterns of(List<String> destinations) {
        return new ChannelPatterns(
                destinations.stream().map(ChannelPatterns::glob).distinct().toList(),
                destinations.stream()
                        .map(ChannelPatterns::glob)
                        .distinct()
                        .map(ChannelPatterns::expression)
                        .toList());
    }

    /** Redis delivers a message once for each pattern that matches; says whether this is the one that counts. */
    boolean isFirstMatch(String glob, String channel) {
        for (int i = 0; i < globs.size(); i++) {
            if (expressions.get(i).matcher(channel).matches()) {
                return globs.get(i).equals(glob);
            }
        }
        return false;
    }

    private static String glob(String destination) {
        return SPECIAL.matcher(WILDCARD.matcher(destination).replaceAll("*")).replaceAll("\\\\$0");
    }

    private static Pattern expression(String glob) {
        StringBuilder expression = new StringBuilder();
        for (String literal : glob.split("(?<=\\*)|(?=\\*)", -1)) {
            expression.append(literal.equals("*") ? ".*" : Pattern.quote(literal.replaceAll("\\\\(.)", "$1")));
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }
}
