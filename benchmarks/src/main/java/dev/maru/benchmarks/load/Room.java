package dev.maru.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One room: its members and its messages in flight. Whoever gets a message first decides its place; all others must get
 * the same messages in the same order, unless the server is known to keep none: then each must get every message, in
 * whatever order. A message counts as delivered when every member has it.
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
    private final boolean ordered;
    private final boolean timed;
    private final Map<Long, Message> unplaced = new HashMap<>();
    private final @Nullable Message[] order = new @Nullable Message[RING];
    private long placed;
    private int underWay;

    /**
     * @param ordered whether all members must get its messages in one order
     * @param timed whether its messages count for the latency
     */
    Room(int number, Ledger ledger, boolean ordered, boolean timed) {
        this.number = number;
        this.ledger = ledger;
        this.ordered = ordered;
        this.timed = timed;
    }

    /** Whether all that was published has reached everybody. */
    boolean quiet() {
        return underWay == 0;
    }

    void published(Message message) {
        underWay++;
        unplaced.put(message.payload.number(), message);
    }

    /** A member got the message whose mark stands at this index, as its message of this place. */
    void received(long place, ByteBuf in, int mark, long now) {
        Message expected = ordered ? expectedAt(place, in, mark) : unplaced.get(Payload.numberAt(in, mark));
        if (expected == null || !expected.payload.standsAt(in, mark)) {
            throw new IllegalStateException("room " + number + ": another message stands at place " + place);
        }
        ledger.delivered();
        if (--expected.missing == 0) {
            complete(expected, place, now);
        }
    }

    private void complete(Message message, long place, long now) {
        underWay--;
        if (ordered) {
            order[(int) (place & (RING - 1))] = null;
        } else {
            unplaced.remove(message.payload.number());
        }
        ledger.complete(message, now, timed);
    }

    private @Nullable Message expectedAt(long place, ByteBuf in, int mark) {
        return place < placed ? order[(int) (place & (RING - 1))] : place(in, mark);
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
