package dev.maru.stomp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one frame in the order they were written, unescaped. Where a name is repeated the first one counts
 * (STOMP 1.2, "Repeated Header Entries"); the others are kept for whoever wants to see them.
 *
 * <p>Not safe for several threads at once; safe to read from any thread after it was handed over.
 */
public final class StompHeaders {
    private final List<String> namesAndValues;

    /** Empty headers. */
    public StompHeaders() {
        this.namesAndValues = new ArrayList<>(12);
    }

    /** Headers from alternating names and values, for example {@code of("id", "0", "destination", "/topic/a")}. */
    public static StompHeaders of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value: " + String.join(", ", namesAndValues));
        }
        StompHeaders headers = new StompHeaders();
        headers.namesAndValues.addAll(List.of(namesAndValues));
        return headers;
    }

    /** Adds a header behind the others; if the name is there already the earlier value still counts. */
    public StompHeaders add(String name, String value) {
        namesAndValues.add(name);
        namesAndValues.add(value);
        return this;
    }

    /** The first value of this name, or null. */
    public @Nullable String get(String name) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equals(name)) {
                return namesAndValues.get(i + 1);
            }
        }
        return null;
    }

    /** Whether there is a header of this name. */
    public boolean contains(String name) {
        return get(name) != null;
    }

    /** How many headers there are, repeated ones included. */
    public int size() {
        return namesAndValues.size() / 2;
    }

    String name(int index) {
        return namesAndValues.get(2 * index);
    }

    String value(int index) {
        return namesAndValues.get(2 * index + 1);
    }

    /** Calls the action with each name and value in order, repeated ones included. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            action.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StompHeaders headers && namesAndValues.equals(headers.namesAndValues);
    }

    @Override
    public int hashCode() {
        return namesAndValues.hashCode();
    }

    @Override
    public String toString() {
        return namesAndValues.toString();
    }
}
