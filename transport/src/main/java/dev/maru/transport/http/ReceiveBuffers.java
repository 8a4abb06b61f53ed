package dev.maru.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Receive buffers for one channel: the host's own for HTTP, small ones of one size for what comes after. A channel asks
 * once, before its first read, how to allocate them; so that has to be exchanged early and switched later.
 *
 * <p>Confined to its channel's event loop.
 */
final class ReceiveBuffers implements RecvByteBufAllocator {
    private static final int SMALL = 4096;

    private final RecvByteBufAllocator host;
    private boolean small;

    ReceiveBuffers(RecvByteBufAllocator host) {
        this.host = host;
    }

    /** From now on small buffers. */
    void shrink() {
        small = true;
    }

    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new Switch(host.newHandle());
    }

    private final class Switch extends DelegatingHandle implements ExtendedHandle {

        @SuppressWarnings("deprecation")
        private Switch(Handle host) {
            super(host);
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return small ? allocator.ioBuffer(SMALL, SMALL) : super.allocate(allocator);
        }

        @Override
        public int guess() {
            return small ? SMALL : super.guess();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return delegate() instanceof ExtendedHandle host ? host.continueReading(maybeMore) : continueReading();
        }
    }
}
