package dev.maru.chat.member;

/**
 * Is told of members who were added or removed, after it is durable.
 *
 * <p>Called on the database's writer: must be quick, must not block and must not throw.
 */
public interface MembershipListener {

    void onAdded(Member member);

    void onRemoved(Member member);
}
