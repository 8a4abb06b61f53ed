package dev.maru.chat.stomp;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.client.Permits;
import dev.maru.chat.client.TalkDesk;
import dev.maru.chat.client.Visitors;
import dev.maru.chat.directory.DirectoryChange;
import dev.maru.chat.directory.DirectoryFeed;
import dev.maru.chat.directory.RoomAllowance;
import dev.maru.chat.directory.RoomDirectory;
import dev.maru.chat.message.ClassicInbox;
import dev.maru.chat.message.ClassicLog;
import dev.maru.chat.message.EventLog;
import dev.maru.chat.room.RoomId;
import dev.maru.chat.room.Rooms;
import dev.maru.chat.store.ChatStore;
import dev.maru.engine.Engine;
import dev.maru.engine.destination.OverflowPolicy;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.presence.Presence;
import dev.maru.spring.cluster.OutsideInbox;
import dev.maru.spring.destination.DestinationAlias;
import dev.maru.spring.destination.OverflowDestinations;
import dev.maru.spring.destination.RecoverableDestinations;
import dev.maru.spring.destination.SnapshotDestinations;
import dev.maru.spring.rules.DestinationRule;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/**
 * Wires the STOMP side. The engine is asked for late: it is made of parts that themselves tell its subscribers.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "maru.chat.stomp.enabled", matchIfMissing = true)
@Import(ChatStompConfiguration.Guards.class)
public class ChatStompConfiguration {
    private static final String DIRECTORY = "/topic/rooms";
    private static final JsonMapper JSON = new JsonMapper();

    @Bean("maruChatPeopleNews")
    PeopleNews peopleNews(ObjectProvider<Engine> engine, ObjectProvider<DirectoryFeed> feed) {
        return new PeopleNews(
                (destination, content, here) -> engine.getObject().broadcastHere(destination, content, here),
                roomId -> feed.getObject().onPeople(roomId));
    }

    @Bean("maruChatController")
    ChatController chatController(
            TalkDesk desk, Visitors visitors, Permits permits, RoomAllowance allowance, ChatController.Room room) {
        return new ChatController(desk, visitors, permits, allowance, room);
    }

    @Bean("maruChatRoom")
    ChatController.Room chatRoom(Presence presence, Rooms rooms, ChatLimits limits, Engine engine) {
        People people = new People(
                presence,
                roomId -> limits.createRoomsByMessage()
                        || rooms.exists(roomId).toCompletableFuture().join());
        return new ChatController.Room(people, new Typing(engine::broadcast, InstantSource.system()));
    }

    @Bean("maruChatDirectoryFeed")
    DirectoryFeed directoryFeed(Rooms rooms, RoomDirectory directory, Engine engine) {
        DirectoryFeed feed = new DirectoryFeed(rooms, directory, change -> engine.broadcast(DIRECTORY, json(change)));
        rooms.onChange(feed);
        return feed;
    }

    /** Applications at the broker that publish classic messages. */
    @Bean("maruChatClassicInbox")
    @ConditionalOnMissingBean
    OutsideInbox classicInbox(Engine engine) {
        return new ClassicInbox(engine);
    }

    @Bean("maruChatClassicStreams")
    RecoverableDestinations classicStreams(ChatStore store) {
        return new RecoverableDestinations(ClassicLog.PREFIX + "{roomId}", store.classicLog());
    }

    @Bean("maruChatEventStreams")
    RecoverableDestinations eventStreams(ChatStore store) {
        return new RecoverableDestinations(EventLog.PREFIX + "{roomId}", store.eventLog());
    }

    @Bean("maruChatLobby")
    DestinationAlias lobby() {
        return new DestinationAlias("/topic/public", ClassicLog.PREFIX + RoomId.LOBBY);
    }

    @Bean("maruChatPresenceTopics")
    SnapshotDestinations presenceTopics(Presence presence) {
        return new SnapshotDestinations(PeopleNews.PRESENCE + "{roomId}", PeopleNews.snapshots(presence));
    }

    /** Who types is news for a moment. */
    @Bean("maruChatTypingTopics")
    OverflowDestinations typingTopics() {
        return new OverflowDestinations(Typing.PREFIX + "{roomId}", OverflowPolicy.KEEP_LATEST);
    }

    private static MessageContent json(DirectoryChange change) {
        return MessageContent.json(JSON.writeValueAsBytes(change));
    }

    /** What stands before the chat's streams. Confined to the thread that starts the application. */
    @Configuration(proxyBeanMethods = false)
    static class Guards {

        @Bean("maruChatStreamGuard")
        StreamGuard streamGuard(Visitors visitors, Permits permits, Rooms rooms, ChatLimits limits) {
            return new StreamGuard(
                    visitors,
                    permits,
                    roomId -> limits.createRoomsByMessage()
                            ? CompletableFuture.completedStage(true)
                            : rooms.find(roomId).thenApply(Optional::isPresent));
        }

        @Bean("maruChatClassicReaders")
        DestinationRule classicReaders(StreamGuard guard) {
            return guard.readable(ClassicLog.PREFIX);
        }

        @Bean("maruChatEventReaders")
        DestinationRule eventReaders(StreamGuard guard) {
            return guard.readable(EventLog.PREFIX);
        }

        @Bean("maruChatPresenceReaders")
        DestinationRule presenceReaders(StreamGuard guard) {
            return guard.readable(PeopleNews.PRESENCE);
        }

        @Bean("maruChatTypingReaders")
        DestinationRule typingReaders(StreamGuard guard) {
            return guard.readable(Typing.PREFIX);
        }

        @Bean("maruChatDirectoryReaders")
        DestinationRule directoryReaders(StreamGuard guard) {
            return guard.directory(DIRECTORY);
        }

        @Bean("maruChatClassicWriters")
        DestinationRule classicWriters() {
            return StreamGuard.unwritable(ClassicLog.PREFIX);
        }

        @Bean("maruChatEventWriters")
        DestinationRule eventWriters() {
            return StreamGuard.unwritable(EventLog.PREFIX);
        }

        @Bean("maruChatPresenceWriters")
        DestinationRule presenceWriters() {
            return StreamGuard.unwritable(PeopleNews.PRESENCE);
        }

        @Bean("maruChatTypingWriters")
        DestinationRule typingWriters() {
            return StreamGuard.unwritable(Typing.PREFIX);
        }
    }
}
