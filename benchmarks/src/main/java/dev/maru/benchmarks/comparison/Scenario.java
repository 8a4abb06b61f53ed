package dev.maru.benchmarks.comparison;

import java.util.List;

/**
 * What the generator does to each server.
 *
 * <p>Immutable; safe for any thread.
 */
enum Scenario {
    /** One room of a thousand; eight messages are under way at any time. */
    CLOSED_LOOP("closed loop, 8 messages waiting, 1 room × 1,000", 1, 1000, List.of("window=8")),
    /** One room of a thousand; a message now and then, so that there is nothing to batch. */
    UNBATCHED("20 msg/s × 1,000, nothing to batch", 1, 1000, List.of("rate=20")),
    /** A hundred rooms of ten; everybody sends. */
    MANY_ROOMS("100 rooms × 10, all send, 2,000 msg/s", 100, 10, List.of("rate=2000", "everybody=true"));

    final String title;
    private final int rooms;
    private final int members;
    private final List<String> load;

    Scenario(String title, int rooms, int members, List<String> load) {
        this.title = title;
        this.rooms = rooms;
        this.members = members;
        this.load = load;
    }

    /** The generator's words for it. */
    List<String> words() {
        return java.util.stream.Stream.concat(
                        load.stream(), java.util.stream.Stream.of("rooms=" + rooms, "members=" + members))
                .toList();
    }
}
