package dev.maru.benchmarks.micro;

import dev.maru.engine.fanout.CatchUpTurns;
import dev.maru.engine.fanout.DeliveryFailure;
import dev.maru.engine.fanout.OverflowBudget;
import dev.maru.engine.fanout.Subscriber;
import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.wire.WireFormat;
import dev.maru.transport.websocket.StompWebSocketFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * A client that takes everything at once.
 *
 * <p>Confined to one thread.
 */
final class Sink implements Subscriber {

    @Override
    public WireFormat wireFormat() {
        return StompWebSocketFormat.V1_2;
    }

    @Override
    public ByteBufAllocator allocator() {
        return PooledByteBufAllocator.DEFAULT;
    }

    @Override
    public boolean congested() {
        return false;
    }

    @Override
    public boolean closing() {
        return false;
    }

    @Override
    public void write(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void flush() {}

    @Override
    public void fellBehind(Subscription subscription) {}

    @Override
    public void awaitRoom() {}

    @Override
    public long mostMessagesBehind() {
        return Long.MAX_VALUE;
    }

    @Override
    public CatchUpTurns catchUpTurns() {
        throw new IllegalStateException("nothing is ever late here");
    }

    @Override
    public OverflowBudget overflowBudget() {
        throw new IllegalStateException("nothing is ever late here");
    }

    @Override
    public void dropped(Subscription subscription, int messages) {}

    @Override
    public void failed(Subscription subscription, DeliveryFailure failure) {
        throw new IllegalStateException(failure.name());
    }
}
