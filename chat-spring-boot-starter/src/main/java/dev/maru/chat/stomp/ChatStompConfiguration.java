package dev.maru.chat.stomp;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.directory.DirectoryChange;
import dev.maru.chat.directory.DirectoryFeed;
import dev.maru.chat.directory.RoomDirectory;
import dev.maru.chat.room.Rooms;
import dev.maru.engine.Engine;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.presence.Presence;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
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
@Import(ChatController.class)
public class ChatStompConfiguration {
    private static final JsonMapper JSON = new JsonMapper();

    @Bean
    PeopleNews peopleNews(ObjectProvider<Engine> engine, ObjectProvider<DirectoryFeed> feed) {
        return new PeopleNews(
                (destination, content) -> engine.getObject().broadcast(destination, content),
                roomId -> feed.getObject().onPeople(roomId));
    }

    @Bean
    People people(Presence presence, Rooms rooms, ChatLimits limits) {
        return new People(
                presence,
                roomId -> limits.createRoomsByMessage()
                        || rooms.exists(roomId).toCompletableFuture().join());
    }

    @Bean
    Typing typing(Engine engine) {
        return new Typing(engine::broadcast, InstantSource.system());
    }

    @Bean
    DirectoryFeed directoryFeed(Rooms rooms, RoomDirectory directory, Engine engine) {
        DirectoryFeed feed =
                new DirectoryFeed(rooms, directory, change -> engine.broadcast("/topic/rooms", json(change)));
        rooms.onChange(feed);
        return feed;
    }

    private static MessageContent json(DirectoryChange change) {
        return MessageContent.json(JSON.writeValueAsBytes(change));
    }
}
