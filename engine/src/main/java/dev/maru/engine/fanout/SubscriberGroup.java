package dev.maru.engine.fanout;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The subscriptions of one destination on one loop that get the very same bytes: same id, same name of the destination,
 * same wire format. What comes is encoded once for all of them.
 *
 * <p>Confined to its event loop.
 */
final class SubscriberGroup {

    /**
     * What the bytes depend on.
     *
     * @param id the subscription's
     * @param destination as subscribed
     * @param format {@link dev.maru.engine.wire.WireFormat#key()}
     */
    record Key(String id, String destination, Object format) {}

    private final Key key;
    private final List<TopicSubscription> members = new ArrayList<>(1);

    SubscriberGroup(Key key) {
        this.key = key;
    }

    Key key() {
        return key;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    void add(TopicSubscription member) {
        member.indexInGroup = members.size();
        members.add(member);
    }

    void remove(TopicSubscription member) {
        TopicSubscription last = members.removeLast();
        if (last != member) {
            members.set(member.indexInGroup, last);
            last.indexInGroup = member.indexInGroup;
        }
    }

    /**
     * Writes messages to every live member.
     *
     * @param delivered how far the loop had come before them
     * @param forMany whether they may take the form that costs more to make, if there is more than one member
     * @return how many got all of them, in the form that all get
     */
    int deliver(List<Delivery> messages, long delivered, boolean forMany) {
        ByteBuf shared = null;
        int receivers = 0;
        try {
            for (int i = members.size() - 1; i >= 0; i = Math.min(i, members.size()) - 1) {
                TopicSubscription member = members.get(i);
                if (!member.live()) {
                    member.deliverLater(messages);
                } else if (member.subscriber().congested()) {
                    member.overflow(messages, delivered);
                } else if (member.acknowledges()) {
                    member.deliverWithinWindow(messages, delivered);
                } else if (member.position() > delivered) {
                    deliverAhead(member, messages, delivered);
                } else {
                    shared = shared == null ? encodeForAll(messages, member, delivered, forMany) : shared;
                    member.subscriber().write(shared.retainedDuplicate());
                    receivers++;
                }
            }
        } finally {
            if (shared != null) {
                shared.release();
            }
        }
        return receivers;
    }

    /** Every live member missed something that came after this offset. */
    void fallBehind(long delivered) {
        for (int i = members.size() - 1; i >= 0; i = Math.min(i, members.size()) - 1) {
            if (members.get(i).live()) {
                members.get(i).fallBehind(delivered);
            }
        }
    }

    private void deliverAhead(TopicSubscription member, List<Delivery> messages, long delivered) {
        List<Delivery> news = member.newsIn(messages);
        if (!news.isEmpty()) {
            member.subscriber().write(encode(news, member, delivered));
        }
    }

    private ByteBuf encodeForAll(List<Delivery> messages, TopicSubscription member, long delivered, boolean forMany) {
        MessageEncoder encoder = encoder(messages, member, delivered);
        return forMany && members.size() > 1 ? encoder.encodedForMany() : encoder.encoded();
    }

    /** Encodes messages for one member alone that stands at least at this offset. */
    ByteBuf encode(List<Delivery> messages, TopicSubscription member, long delivered) {
        member.counted(messages.size());
        return encoder(messages, member, delivered).encoded();
    }

    private MessageEncoder encoder(List<Delivery> messages, TopicSubscription member, long delivered) {
        MessageEncoder encoder = new MessageEncoder(member.subscriber(), key.id(), key.destination());
        long standing = delivered;
        for (Delivery message : messages) {
            standing = Math.max(standing, message.offset());
            member.add(message, message.messageId(member.standing(standing)), encoder);
        }
        return encoder;
    }
}
