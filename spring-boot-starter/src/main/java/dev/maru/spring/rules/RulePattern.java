package dev.maru.spring.rules;

import dev.maru.engine.destination.DestinationPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which destinations a rule is for: {@code *} stands for any characters within a segment, {@code **} for any number of
 * segments, {@code {name}} for one segment that is not empty.
 *
 * <p>Clients may subscribe to patterns, too. Then the question is whether one pattern has every destination of the
 * other, or any. It is answered segment by segment; where that is not exact it errs on the side that refuses more.
 *
 * <p>Immutable; safe for any thread. Takes time in the product of the two lengths, since one of them is a client's.
 */
final class RulePattern {
    private static final String ANY_DEPTH = "**";

    private final String text;
    private final List<String> segments;
    private final List<@Nullable Pattern> globs;

    RulePattern(String text) {
        this.text = text;
        this.segments = DestinationPattern.of(text).segments();
        this.globs = new ArrayList<>(segments.size());
        segments.forEach(segment -> globs.add(isVariable(segment) ? null : glob(segment)));
    }

    boolean hasVariables() {
        return segments.stream().anyMatch(RulePattern::isVariable);
    }

    /** The variables' values if the destination, or every destination of the pattern that it is, is meant; or null. */
    @Nullable Map<String, String> match(String destination) {
        List<String> names = List.of(destination.split("/", -1));
        boolean[][] rest = table(names, true);
        return rest[0][0] ? variables(names, rest) : null;
    }

    /** Whether some destination may be meant by this rule and by that pattern of a client. */
    boolean overlaps(String pattern) {
        return table(List.of(pattern.split("/", -1)), false)[0][0];
    }

    /** Whether the rest of the rule from i on goes with the rest of the names from j on. */
    private boolean[][] table(List<String> names, boolean exact) {
        int rows = segments.size();
        int columns = names.size();
        boolean[][] rest = new boolean[rows + 1][columns + 1];
        for (int i = rows; i >= 0; i--) {
            for (int j = columns; j >= 0; j--) {
                rest[i][j] = goes(i, j, names, rest, exact);
            }
        }
        return rest;
    }

    private boolean goes(int i, int j, List<String> names, boolean[][] rest, boolean exact) {
        boolean ruleEnds = i == segments.size();
        boolean namesEnd = j == names.size();
        if (!ruleEnds && segments.get(i).equals(ANY_DEPTH)) {
            return rest[i + 1][j] || (!namesEnd && rest[i][j + 1]);
        }
        if (!exact && !namesEnd && names.get(j).equals(ANY_DEPTH)) {
            return rest[i][j + 1] || (!ruleEnds && rest[i + 1][j]);
        }
        if (ruleEnds || namesEnd) {
            return ruleEnds && namesEnd;
        }
        return rest[i + 1][j + 1] && (exact ? has(i, names.get(j)) : mayShare(i, names.get(j)));
    }

    private boolean has(int i, String name) {
        if (name.equals(ANY_DEPTH)) {
            return false;
        }
        Pattern glob = globs.get(i);
        return glob == null ? !name.isEmpty() : glob.matcher(name).matches();
    }

    private boolean mayShare(int i, String name) {
        return DestinationPattern.isPattern(name) || has(i, name);
    }

    private Map<String, String> variables(List<String> names, boolean[][] rest) {
        Map<String, String> values = new HashMap<>();
        int j = 0;
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.equals(ANY_DEPTH)) {
                while (!rest[i + 1][j]) {
                    j++;
                }
            } else {
                if (isVariable(segment)) {
                    values.put(segment.substring(1, segment.length() - 1), names.get(j));
                }
                j++;
            }
        }
        return Map.copyOf(values);
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static Pattern glob(String segment) {
        return Pattern.compile(
                Stream.of(segment.split("\\*+", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*")));
    }

    @Override
    public String toString() {
        return text;
    }
}
