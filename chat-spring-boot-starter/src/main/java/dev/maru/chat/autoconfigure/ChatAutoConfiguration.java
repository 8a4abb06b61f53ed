package dev.maru.chat.autoconfigure;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.archive.Archiver;
import dev.maru.chat.directory.DirectoryFeed;
import dev.maru.chat.directory.RoomAllowance;
import dev.maru.chat.directory.RoomDirectory;
import dev.maru.chat.http.ChatHttpConfiguration;
import dev.maru.chat.http.MissingHttpApi;
import dev.maru.chat.message.Messages;
import dev.maru.chat.room.Rooms;
import dev.maru.chat.search.Search;
import dev.maru.chat.stomp.ChatStompConfiguration;
import dev.maru.chat.store.ChatStore;
import dev.maru.engine.Engine;
import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.history.StoreTransactions;
import dev.maru.engine.presence.Presence;
import dev.maru.engine.presence.PresenceListener;
import dev.maru.engine.presence.PresenceSettings;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.spring.MaruAutoConfiguration;
import dev.maru.spring.cluster.ClusterProperties;
import dev.maru.spring.failure.WrongSettingException;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.DatabaseSettings;
import dev.maru.store.jdbc.JdbcPresenceStore;
import dev.maru.store.jdbc.JdbcQueueStore;
import dev.maru.store.jdbc.JdbcSharedPresenceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The chat: its database, its domain, and its two faces, STOMP and HTTP. An application with a {@link Database} of its
 * own keeps it; with a {@link DataSource} the chat's tables are there, and otherwise in an embedded database in
 * {@code maru.data-dir}.
 * Names of beans begin with {@code maruChat}, since an application may well have messages and members of its own.
 *
 * <p>Confined to the thread that starts the application.
 */
@AutoConfiguration(
        after = MaruAutoConfiguration.class,
        afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnBooleanProperty(name = "maru.chat.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ChatProperties.class)
@Import({
    ChatClientConfiguration.class,
    ChatHttpConfiguration.class,
    ChatStompConfiguration.class,
    MissingHttpApi.class,
    StoreMetricsConfiguration.class
})
public final class ChatAutoConfiguration {
    private static final Duration DIRECTORY_PAUSE = Duration.ofSeconds(1);
    private static final InstantSource TIME = InstantSource.system();

    @Bean("maruChatDatabase")
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    Database database(
            ChatProperties properties,
            ObjectProvider<DataSource> dataSources,
            Cluster cluster,
            ClusterProperties clusterProperties) {
        DatabaseSettings settings = DatabaseSettings.defaults().withNodeLease(clusterProperties.nodeLease());
        Database database = open(properties, dataSources, settings);
        if (!cluster.isAlone() && !database.isShared()) {
            database.close();
            throw new WrongSettingException(
                    "maru.cluster.broker is set, and the chat's database is one that nodes cannot share",
                    "point spring.datasource.url at PostgreSQL on every node");
        }
        return database;
    }

    private static Database open(
            ChatProperties properties, ObjectProvider<DataSource> dataSources, DatabaseSettings settings) {
        ChatProperties.StorePlace place = properties.chat().store();
        DataSource dataSource = place == ChatProperties.StorePlace.EMBEDDED ? null : dataSources.getIfUnique();
        if (dataSource != null) {
            return Database.of(dataSource, settings);
        }
        if (place == ChatProperties.StorePlace.DATA_SOURCE) {
            throw new IllegalStateException("maru.chat.store=data-source needs one DataSource, or a primary one");
        }
        return Database.sqlite(properties.dataDir().toAbsolutePath().normalize(), settings);
    }

    /**
     * Without its writer the application cannot heal by itself: its health says so, and whoever runs it starts it anew.
     */
    @Bean("maruChatWriterHealth")
    ApplicationRunner writerHealth(Database database, ApplicationContext application) {
        return arguments -> database.writer().onDeath(() -> {
            AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
            AvailabilityChangeEvent.publish(application, LivenessState.BROKEN);
        });
    }

    /** What the database kept though its answer was lost still reaches those who listen. */
    @Bean("maruChatStoreInDoubt")
    ApplicationRunner storeInDoubt(Database database, ObjectProvider<Engine> engine) {
        return arguments -> engine.ifAvailable(there -> database.writer().onDoubt(there::compareHeads));
    }

    @Bean("maruChatLimits")
    ChatLimits chatLimits(ChatProperties properties) {
        return properties.limits().chat();
    }

    @Bean("maruChatStore")
    ChatStore chatStore(Database database, ChatLimits limits) {
        return ChatStore.open(database, limits, TIME);
    }

    @Bean("maruChatQueueStore")
    @ConditionalOnMissingBean
    QueueStore queueStore(Database database, QueueLimits limits, Cluster cluster) {
        return JdbcQueueStore.open(database, limits, cluster);
    }

    /** So that what a client commits is stored as a whole: in rooms and in queues. */
    @Bean("maruChatStoreTransactions")
    @ConditionalOnMissingBean
    StoreTransactions storeTransactions(Database database) {
        return database.writer()::together;
    }

    @Bean("maruChatRooms")
    Rooms rooms(ChatStore store) {
        return store.rooms();
    }

    @Bean("maruChatMessages")
    Messages messages(ChatStore store) {
        return store.messages();
    }

    @Bean(name = "maruChatSearch", destroyMethod = "")
    Search search(ChatStore store) {
        return store.search();
    }

    /** Holds the application back from traffic until everything that is stored can be found. */
    @Bean("maruChatSearchCatchUp")
    ApplicationRunner searchCatchUp(Search search) {
        return arguments -> search.catchUp().toCompletableFuture().join();
    }

    @Bean("maruChatArchiver")
    Archiver archiver(ChatProperties properties, Database database, ChatStore store) {
        Path archive = properties.dataDir().toAbsolutePath().normalize().resolve("archive");
        return new Archiver(
                database, store.rooms(), archive, properties.history().keep(), TIME);
    }

    @Bean("maruChatArchiving")
    ApplicationRunner archiving(Archiver archiver) {
        return arguments -> archiver.start();
    }

    @Bean("maruChatTimer")
    ChatTimer chatTimer() {
        return new ChatTimer();
    }

    @Bean("maruChatDirectoryChanges")
    ApplicationRunner directoryChanges(ChatTimer timer, ObjectProvider<DirectoryFeed> feed) {
        return arguments -> feed.ifAvailable(changes -> timer.every(DIRECTORY_PAUSE, changes::flush));
    }

    @Bean("maruChatPresence")
    Presence presence(
            ChatProperties properties,
            Database database,
            Cluster cluster,
            ObjectProvider<PresenceListener> news,
            ChatTimer timer) {
        PresenceSettings settings = properties.presence().settings();
        PresenceListener listener = PresenceNews.of(news.orderedStream().toList());
        Presence presence = database.isShared()
                ? new Presence(
                        settings,
                        new JdbcSharedPresenceStore(database, cluster, settings.awayAfterRestart()),
                        listener,
                        timer.executor())
                : new Presence(settings, new JdbcPresenceStore(database, TIME), listener, timer.executor());
        presence.restore().toCompletableFuture().join();
        return presence;
    }

    @Bean("maruChatRoomDirectory")
    RoomDirectory roomDirectory(Rooms rooms, Presence presence) {
        return new RoomDirectory(rooms, presence);
    }

    @Bean("maruChatRoomAllowance")
    RoomAllowance roomAllowance(ChatProperties properties, Cluster cluster) {
        return new RoomAllowance(properties.limits().newRoomsAnHour(), TIME, cluster);
    }
}
