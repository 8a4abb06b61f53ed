package dev.maru.engine.session;

import dev.maru.engine.fault.DeliveryFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open transactions of one session (STOMP 1.2, "BEGIN"): frames that are held until COMMIT asks for them. Those
 * that are open when the connection ends are gone with it.
 *
 * <p>Confined to its session's event loop.
 */
final class Transactions {
    private final TransactionLimits limits;
    private final Map<String, Open> open = new HashMap<>(0);

    private static final class Open {
        private final List<HeldFrame> frames = new ArrayList<>();
        private long bytes;
    }

    Transactions(TransactionLimits limits) {
        this.limits = limits;
    }

    /** BEGIN. */
    void begin(StompHeaders headers) {
        String name = FrameHandler.required(headers, "transaction");
        if (open.containsKey(name)) {
            throw new Refusal(DeliveryFault.TRANSACTION_EXISTS, "this connection has an open transaction of that name");
        }
        if (open.size() >= limits.open()) {
            throw new Refusal(
                    DeliveryFault.TOO_MANY_TRANSACTIONS,
                    "at most " + limits.open() + " transactions are open at a time");
        }
        open.put(name, new Open());
    }

    /** Keeps a frame that names a transaction; returns false for one that names none. */
    boolean hold(StompCommand command, StompHeaders headers, ByteBuf body) {
        String name = headers.get("transaction");
        if (name == null) {
            return false;
        }
        Open transaction = known(open.get(name));
        HeldFrame held = HeldFrame.of(command, headers, body);
        transaction.bytes += held.size();
        if (transaction.frames.size() >= limits.frames() || transaction.bytes > limits.bytes()) {
            throw new Refusal(
                    DeliveryFault.TRANSACTION_TOO_LARGE,
                    "a transaction has at most " + limits.frames() + " frames and " + limits.bytes() + " bytes");
        }
        transaction.frames.add(held);
        return true;
    }

    /** COMMIT or ABORT: ends the transaction and gives its frames. */
    List<HeldFrame> end(StompHeaders headers) {
        return known(open.remove(FrameHandler.required(headers, "transaction"))).frames;
    }

    private static Open known(@Nullable Open transaction) {
        if (transaction == null) {
            throw new Refusal(
                    DeliveryFault.UNKNOWN_TRANSACTION, "this connection has no open transaction of that name");
        }
        return transaction;
    }
}
