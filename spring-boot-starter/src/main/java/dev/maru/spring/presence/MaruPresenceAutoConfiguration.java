package dev.maru.spring.presence;

import dev.maru.engine.presence.Presence;
import dev.maru.engine.presence.PresenceListener;
import dev.maru.engine.presence.PresenceSettings;
import dev.maru.engine.presence.PresenceStore;
import dev.maru.engine.presence.PresentPerson;
import dev.maru.engine.presence.SharedPresenceStore;
import dev.maru.spring.session.SessionTasks;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Presence for applications that do not bring their own, as the chat starter does.
 *
 * <p>Confined to the thread that starts the application.
 */
@AutoConfiguration(
        afterName = {"dev.maru.spring.MaruAutoConfiguration", "dev.maru.chat.autoconfigure.ChatAutoConfiguration"})
@ConditionalOnMissingBean(Presence.class)
@EnableConfigurationProperties(PresenceProperties.class)
public final class MaruPresenceAutoConfiguration {
    private static final int MOST_EVENTS = 10_000;

    @Bean(defaultCandidate = false, destroyMethod = "shutdownNow")
    ScheduledExecutorService presenceTimer() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("maru-presence").daemon().factory());
    }

    @Bean
    Presence presence(
            PresenceProperties properties,
            ObjectProvider<PresenceStore> store,
            ObjectProvider<SharedPresenceStore> shared,
            ApplicationEventPublisher publisher,
            @Qualifier("presenceTimer") ScheduledExecutorService timer) {
        SessionTasks tasks = new SessionTasks(new VirtualThreadTaskExecutor("maru-presence-"), MOST_EVENTS);
        PresenceSettings settings =
                new PresenceSettings(properties.grace(), PresenceSettings.DEFAULT.awayAfterRestart());
        PresenceListener listener = new PublishedChanges(tasks, publisher);
        SharedPresenceStore ofAllNodes = shared.getIfAvailable();
        Presence presence = ofAllNodes == null
                ? new Presence(settings, store.getIfAvailable(Forgetful::new), listener, timer)
                : new Presence(settings, ofAllNodes, listener, timer);
        presence.restore().toCompletableFuture().join();
        return presence;
    }

    @Bean
    SubscribedPresence subscribedPresence(Presence presence, PresenceProperties properties) {
        return new SubscribedPresence(presence, properties.destinations());
    }

    /** Nobody is there after a restart. */
    private static final class Forgetful implements PresenceStore {
        private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);

        @Override
        public CompletionStage<? extends Collection<PresentPerson>> load() {
            return CompletableFuture.completedStage(List.of());
        }

        @Override
        public CompletionStage<?> put(PresentPerson person) {
            return DONE;
        }

        @Override
        public CompletionStage<?> remove(PresentPerson person) {
            return DONE;
        }
    }
}
