package dev.maru.benchmarks.load;

/**
 * A message that counts for nothing but to show that its receiver is subscribed: not every server confirms a
 * subscription.
 *
 * <p>Stateless; safe for any thread.
 */
final class Probe {
    static final byte LETTER = '?';
    static final String TEXT = "~?" + ".".repeat(30);

    private Probe() {}
}
