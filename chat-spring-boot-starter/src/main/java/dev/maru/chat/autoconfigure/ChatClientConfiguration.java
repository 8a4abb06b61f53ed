package dev.maru.chat.autoconfigure;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.access.ChatIdentity;
import dev.maru.chat.access.ChatPermissions;
import dev.maru.chat.client.ApplicationCalls;
import dev.maru.chat.client.PermissionChanges;
import dev.maru.chat.client.Permits;
import dev.maru.chat.client.TalkDesk;
import dev.maru.chat.client.Visitors;
import dev.maru.chat.event.ChatEvents;
import dev.maru.chat.member.Member;
import dev.maru.chat.member.Members;
import dev.maru.chat.member.MembersOnly;
import dev.maru.chat.member.MembershipListener;
import dev.maru.chat.message.Messages;
import dev.maru.chat.moderation.ChatModeration;
import dev.maru.chat.moderation.HeldMessages;
import dev.maru.chat.room.Room;
import dev.maru.chat.room.RoomListener;
import dev.maru.chat.room.Rooms;
import dev.maru.engine.Engine;
import dev.maru.store.jdbc.Database;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * What people may do, by what the application answers, and what it is told.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
class ChatClientConfiguration {
    private static final InstantSource TIME = InstantSource.system();

    @Bean("maruChatApplicationCalls")
    ApplicationCalls applicationCalls() {
        return new ApplicationCalls(new VirtualThreadTaskExecutor("maru-chat-call-"));
    }

    @Bean("maruChatVisitors")
    Visitors visitors(ObjectProvider<ChatIdentity> identity, ChatProperties properties, ApplicationCalls calls) {
        return new Visitors(
                identity.getIfAvailable(() -> ChatIdentity.BY_USER_NAME),
                properties.chat().guests(),
                calls);
    }

    @Bean("maruChatPermits")
    Permits permits(
            ObjectProvider<ChatPermissions> permissions,
            ChatProperties properties,
            Members members,
            ApplicationCalls calls) {
        ChatPermissions usual = properties.chat().membersOnly() ? new MembersOnly(members) : ChatPermissions.OPEN;
        return new Permits(permissions.getIfAvailable(() -> usual), calls);
    }

    @Bean("maruChatTalkDesk")
    TalkDesk talkDesk(
            TalkDesk.Stores stores,
            Permits permits,
            ObjectProvider<ChatModeration> moderation,
            ApplicationCalls calls,
            ChatEvents events) {
        return new TalkDesk(
                stores, permits, moderation.getIfAvailable(() -> ChatModeration.NONE), calls, events::publish);
    }

    @Bean("maruChatTalkStores")
    TalkDesk.Stores talkStores(Messages messages, HeldMessages held) {
        return new TalkDesk.Stores(messages, held);
    }

    @Bean("maruChatEvents")
    ChatEvents chatEvents(ChatProperties properties, ApplicationEventPublisher publisher) {
        return new ChatEvents(properties.limits().waitingEvents(), publisher::publishEvent);
    }

    @Bean("maruChatHeldMessages")
    HeldMessages heldMessages(Database database, Messages messages, ChatLimits limits) {
        return new HeldMessages(database, messages, limits, TIME);
    }

    @Bean("maruChatMembers")
    Members members(Database database, Rooms rooms) {
        return new Members(database, rooms, TIME);
    }

    /** Also tells it of rooms and members, whose subscriptions end with them. */
    @Bean("maruChatPermissionChanges")
    PermissionChanges permissionChanges(ObjectProvider<Engine> engine, Rooms rooms, Members members) {
        PermissionChanges changes =
                new PermissionChanges(() -> engine.getObject().registry());
        rooms.onChange(new EndsWithRoom(changes));
        members.onChange(new EndsWithMembership(changes));
        return changes;
    }

    /** Wires the events, once all parts are there. */
    @Bean("maruChatEventSources")
    EventSources eventSources(ChatEvents events, Messages messages, Rooms rooms, HeldMessages held, Members members) {
        messages.onStored(events::onMessage);
        rooms.onChange(events);
        held.onChange(events);
        members.onChange(events);
        return new EventSources();
    }

    /** Says that events are wired. */
    record EventSources() {}

    private record EndsWithRoom(PermissionChanges changes) implements RoomListener {
        @Override
        public void onCreated(Room room) {}

        @Override
        public void onChanged(Room room) {}

        @Override
        public void onDeleted(Room room) {
            changes.inRoom(room.id());
        }
    }

    private record EndsWithMembership(PermissionChanges changes) implements MembershipListener {
        @Override
        public void onAdded(Member member) {}

        @Override
        public void onRemoved(Member member) {
            changes.inRoom(member.roomId());
        }
    }
}
