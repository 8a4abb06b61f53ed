package dev.maru.chat.access;

/**
 * Says what people may do in rooms. A bean of this type takes the place of the usual one, which permits everything. It is
 * asked about each subscription, each message, each JOIN and each HTTP request, so its answer may change at any time; for
 * subscriptions that stand, {@code PermissionChanges} asks again. What the application's own code does through
 * {@code Rooms} and {@code Messages} is not asked about.
 *
 * <pre>{@code
 * @Bean
 * ChatPermissions chatPermissions(Projects projects) {
 *     return (who, action, room) -> !who.isGuest() && projects.of(room).has(who.user().getName());
 * }
 * }</pre>
 *
 * <p>Called on virtual threads, several at a time: may block. What it throws means no.
 */
@FunctionalInterface
public interface ChatPermissions {

    /** Everybody may do everything. */
    ChatPermissions OPEN = new ChatPermissions() {
        @Override
        public boolean permits(Visitor who, RoomAction action, String roomId) {
            return true;
        }

        @Override
        public boolean seesEveryRoom(Visitor who) {
            return true;
        }
    };

    /** Whether this person may do this in this room, which need not exist. */
    boolean permits(Visitor who, RoomAction action, String roomId);

    /**
     * Whether this person may know the names of all rooms, as they come and change on {@code /topic/rooms}. Whoever may
     * not gets a list over HTTP of those rooms that they may {@linkplain RoomAction#ENTER enter}.
     */
    default boolean seesEveryRoom(Visitor who) {
        return false;
    }
}
