package dev.maru.engine.fanout;

import dev.maru.engine.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The session behind a subscription, as fan-out sees it.
 *
 * <p>Confined to its event loop.
 */
public interface Subscriber {

    WireFormat wireFormat();

    ByteBufAllocator allocator();

    /** Whether so many bytes wait for the client that no more may be added. */
    boolean congested();

    /** Whether the connection is being closed, so that what is written may not reach the client any more. */
    boolean closing();

    /** Takes the bytes and owns them; they leave at the end of the loop's turn. */
    void write(ByteBuf bytes);

    /** Lets what was written leave. Called by the loop at the end of its turn, once. */
    void flush();

    /** This subscription is live no more because the client is too slow. Told once, each time that happens. */
    void fellBehind(Subscription subscription);

    /** Asks for {@link Subscription#resume} once {@link #congested} has ended. */
    void awaitRoom();

    /** How many messages of a history a subscription may be behind before its client counts as too slow for it. */
    long mostMessagesBehind();

    /** Whose turn it is among this client's subscriptions to read on from a history. */
    CatchUpTurns catchUpTurns();

    /** What may wait for this client where messages wait in memory. */
    OverflowBudget overflowBudget();

    /** So many messages of this subscription were dropped because the client is too slow. */
    void dropped(Subscription subscription, int messages);

    /** This subscription cannot be served any more. */
    void failed(Subscription subscription, DeliveryFailure failure);
}
