package dev.maru.engine.fanout;

/**
 * What passes through one event loop.
 *
 * <p>Confined to its event loop, but for {@link #sum}, which is safe for any thread.
 */
public final class LoopTraffic {
    private final LoopCounter messagesIn = new LoopCounter();
    private final LoopCounter messagesOut = new LoopCounter();
    private final LoopCounter bytesOut = new LoopCounter();
    private final LoopCounter unsentBytes = new LoopCounter();
    private final LoopCounter subscriptions = new LoopCounter();

    LoopTraffic() {}

    /** A client has sent a message. */
    public void heard() {
        messagesIn.add(1);
    }

    /** So many messages were written to clients, each counted for each of its receivers. */
    public void wroteMessages(int messages) {
        messagesOut.add(messages);
    }

    /** So many bytes were written to clients, whatever they say. */
    public void wroteBytes(int bytes) {
        bytesOut.add(bytes);
    }

    /** So many bytes more wait for clients that do not read as fast, or fewer. */
    public void unsentChanged(long more) {
        unsentBytes.add(more);
    }

    /** There are so many subscriptions more, or fewer. */
    public void subscriptionsChanged(int more) {
        subscriptions.add(more);
    }

    /** This and what others count, of a moment ago. */
    Traffic sum(Traffic others) {
        return new Traffic(
                others.messagesIn() + messagesIn.get(),
                others.messagesOut() + messagesOut.get(),
                others.bytesOut() + bytesOut.get(),
                others.unsentBytes() + unsentBytes.get(),
                others.subscriptions() + subscriptions.get());
    }
}
