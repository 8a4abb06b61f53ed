package dev.maru.cluster.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds topics, and makes those that are missing; who may not make any can have them made before. Without state. */
final class Topics {

    private Topics() {}

    static CompletionStage<TopicDescription> findOrMake(Admin admin, NewTopic topic) {
        return find(admin, topic.name())
                .exceptionallyCompose(failure -> is(failure, UnknownTopicOrPartitionException.class)
                        ? make(admin, topic).thenCompose(_ -> find(admin, topic.name()))
                        : CompletableFuture.failedStage(failure));
    }

    private static CompletionStage<TopicDescription> find(Admin admin, String name) {
        return admin.describeTopics(List.of(name))
                .allTopicNames()
                .toCompletionStage()
                .thenApply(found -> found.values().iterator().next());
    }

    private static CompletionStage<?> make(Admin admin, NewTopic topic) {
        return admin.createTopics(List.of(topic))
                .all()
                .toCompletionStage()
                .exceptionallyCompose(failure -> is(failure, TopicExistsException.class)
                        ? CompletableFuture.completedStage(null)
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean is(Throwable failure, Class<? extends Exception> type) {
        return type.isInstance(failure) || type.isInstance(failure.getCause());
    }
}
