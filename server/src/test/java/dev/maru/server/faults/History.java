package dev.maru.server.faults;

import java.util.List;
import java.util.Set;

/**
 * What happened in a room, as its clients know it and as it stands in the store at the end.
 *
 * <p>Immutable.
 *
 * @param sent the ids of all messages that anybody sent, once or again
 * @param receipts what the server said was stored, and where
 * @param views what each client was shown
 * @param log what is stored at the end, from the first message to the last
 */
record History(Set<String> sent, List<Entry> receipts, List<View> views, List<Entry> log) {

    /** A message and its place. */
    record Entry(long offset, String id) {}

    /**
     * What one client was shown, over all of its connections.
     *
     * @param after where it began: everything up to this offset is none of its business
     * @param entries what it was shown, in the order in which it came
     * @param broken where it was told that it cannot go on from where it stood
     */
    record View(String client, long after, List<Entry> entries, List<String> broken) {}
}
