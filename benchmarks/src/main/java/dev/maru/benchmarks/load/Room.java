package dev.maru.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One room: its members and its messages in flight. Whoever gets a message first decides its place; all others must get
 * the same messages in the same order. A message counts as delivered when every member has it.
 *
 * <p>Confined to the generator's event loop.
 */
final class Room {
    private static final int RING = 1 << 14;

    static final class Message {
        final Payload payload;
        final long intendedNanos;
        final Member sender;
        int missing;

        Message(Payload payload, long intendedNanos, Member sender, int missing) {
            this.payload = payload;
            this.intendedNanos = intendedNanos;
            this.sender = sender;
            this.missing = missing;
        }
    }

    final int number;
    final List<Member> members = new ArrayList<>();
    private final Ledger ledger;
    private final Map<Long, Message> unplaced = new HashMap<>();
    private final @Nullable Message[] order = new @Nullable Message[RING];
    private long placed;

    Room(int number, Ledger ledger) {
        this.number = number;
        this.ledger = ledger;
    }

    void published(Message message) {
        unplaced.put(message.payload.number(), message);
    }

    /** A member got the message whose mark stands at this index, as its message of this place. */
    void received(long place, ByteBuf in, int mark, long now) {
        Message expected = place < placed ? order[(int) (place & (RING - 1))] : place(in, mark);
        if (expected == null || !expected.payload.standsAt(in, mark)) {
            throw new IllegalStateException("room " + number + ": another message stands at place " + place);
        }
        ledger.delivered();
        if (--expected.missing == 0) {
            order[(int) (place & (RING - 1))] = null;
            ledger.complete(expected, now);
        }
    }

    private Message place(ByteBuf in, int mark) {
        Message message = unplaced.remove(Payload.numberAt(in, mark));
        if (message == null || order[(int) (placed & (RING - 1))] != null) {
            throw new IllegalStateException("room " + number + ": a message that was not sent, or came twice");
        }
        order[(int) (placed++ & (RING - 1))] = message;
        return message;
    }
}
