package dev.maru.chat.autoconfigure;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.archive.Archiver;
import dev.maru.chat.directory.DirectoryFeed;
import dev.maru.chat.directory.RoomAllowance;
import dev.maru.chat.directory.RoomDirectory;
import dev.maru.chat.http.ChatHttpConfiguration;
import dev.maru.chat.message.ClassicLog;
import dev.maru.chat.message.EventLog;
import dev.maru.chat.message.Messages;
import dev.maru.chat.room.RoomId;
import dev.maru.chat.room.Rooms;
import dev.maru.chat.search.Search;
import dev.maru.chat.stomp.ChatStompConfiguration;
import dev.maru.chat.stomp.PeopleNews;
import dev.maru.chat.store.ChatStore;
import dev.maru.engine.history.StoreTransactions;
import dev.maru.engine.presence.Presence;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.spring.MaruAutoConfiguration;
import dev.maru.spring.destination.DestinationAlias;
import dev.maru.spring.destination.RecoverableDestinations;
import dev.maru.spring.destination.SnapshotDestinations;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.DatabaseSettings;
import dev.maru.store.jdbc.JdbcPresenceStore;
import dev.maru.store.jdbc.JdbcQueueStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The chat: its database, its domain, and its two faces, STOMP and HTTP. An application with a {@link Database} of its
 * own keeps it; otherwise there is an embedded one in {@code maru.data-dir}.
 *
 * <p>Confined to the thread that starts the application.
 */
@AutoConfiguration(after = MaruAutoConfiguration.class)
@EnableConfigurationProperties(ChatProperties.class)
@Import({ChatHttpConfiguration.class, ChatStompConfiguration.class})
public final class ChatAutoConfiguration {
    private static final Duration DIRECTORY_PAUSE = Duration.ofSeconds(1);
    private static final InstantSource TIME = InstantSource.system();

    @Bean
    @ConditionalOnMissingBean
    Database database(ChatProperties properties) {
        return Database.sqlite(properties.dataDir().toAbsolutePath().normalize(), DatabaseSettings.defaults());
    }

    /**
     * Without its writer the application cannot heal by itself: its health says so, and whoever runs it starts it anew.
     */
    @Bean
    ApplicationRunner writerHealth(Database database, ApplicationContext application) {
        return arguments -> database.writer().onDeath(() -> {
            AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
            AvailabilityChangeEvent.publish(application, LivenessState.BROKEN);
        });
    }

    @Bean
    ChatLimits chatLimits(ChatProperties properties) {
        return properties.limits().chat();
    }

    @Bean
    ChatStore chatStore(Database database, ChatLimits limits) {
        return ChatStore.open(database, limits, TIME);
    }

    @Bean
    @ConditionalOnMissingBean
    QueueStore queueStore(Database database, QueueLimits limits) {
        return JdbcQueueStore.open(database, limits);
    }

    /** So that what a client commits is stored as a whole: in rooms and in queues. */
    @Bean
    @ConditionalOnMissingBean
    StoreTransactions storeTransactions(Database database) {
        return database.writer()::together;
    }

    @Bean
    Rooms rooms(ChatStore store) {
        return store.rooms();
    }

    @Bean
    Messages messages(ChatStore store) {
        return store.messages();
    }

    @Bean(destroyMethod = "")
    Search search(ChatStore store) {
        return store.search();
    }

    /** Holds the application back from traffic until everything that is stored can be found. */
    @Bean
    ApplicationRunner searchCatchUp(Search search) {
        return arguments -> search.catchUp().toCompletableFuture().join();
    }

    @Bean
    Archiver archiver(ChatProperties properties, Database database, ChatStore store) {
        Path archive = properties.dataDir().toAbsolutePath().normalize().resolve("archive");
        return new Archiver(
                database, store.rooms(), archive, properties.history().keep(), TIME);
    }

    @Bean
    ApplicationRunner archiving(Archiver archiver) {
        return arguments -> archiver.start();
    }

    @Bean
    RecoverableDestinations classicStreams(ChatStore store) {
        return new RecoverableDestinations(ClassicLog.PREFIX + "{roomId}", store.classicLog());
    }

    @Bean
    RecoverableDestinations eventStreams(ChatStore store) {
        return new RecoverableDestinations(EventLog.PREFIX + "{roomId}", store.eventLog());
    }

    @Bean
    DestinationAlias lobby() {
        return new DestinationAlias("/topic/public", ClassicLog.PREFIX + RoomId.LOBBY);
    }

    @Bean
    SnapshotDestinations presenceTopics(Presence presence) {
        return new SnapshotDestinations("/topic/presence/{roomId}", PeopleNews.snapshots(presence));
    }

    @Bean
    ChatTimer chatTimer() {
        return new ChatTimer();
    }

    @Bean
    ApplicationRunner directoryChanges(ChatTimer timer, DirectoryFeed feed) {
        return arguments -> timer.every(DIRECTORY_PAUSE, feed::flush);
    }

    @Bean
    Presence presence(ChatProperties properties, Database database, PeopleNews news, ChatTimer timer) {
        Presence presence = new Presence(
                properties.presence().settings(), new JdbcPresenceStore(database, TIME), news, timer.executor());
        presence.restore().toCompletableFuture().join();
        return presence;
    }

    @Bean
    RoomDirectory roomDirectory(Rooms rooms, Presence presence) {
        return new RoomDirectory(rooms, presence);
    }

    @Bean
    RoomAllowance roomAllowance(ChatProperties properties) {
        return new RoomAllowance(properties.limits().newRoomsAnHour(), TIME);
    }
}
