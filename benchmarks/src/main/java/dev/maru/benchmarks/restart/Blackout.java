package dev.maru.benchmarks.restart;

/**
 * One person's time without the chat, in {@link System#nanoTime()}.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param lost the socket's end
 * @param tried the beginning of the try that led back
 * @param back all subscriptions were confirmed, and everything that was missed had come
 */
record Blackout(long lost, long tried, long back) {

    double seconds() {
        return (back - lost) / 1e9;
    }

    /** How long the server took over the last try. */
    double servedSeconds() {
        return (back - tried) / 1e9;
    }
}
