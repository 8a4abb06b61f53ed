package dev.maru.spring;

import dev.maru.engine.Engine;
import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.history.HistoryCache;
import dev.maru.engine.history.InMemoryMessageLog;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.Authorizer;
import dev.maru.spring.cluster.OutsideOutlet;
import dev.maru.spring.destination.DestinationAlias;
import dev.maru.spring.destination.OverflowDestinations;
import dev.maru.spring.destination.RecoverableDestinations;
import dev.maru.spring.destination.SnapshotDestinations;
import dev.maru.spring.failure.WrongSettingException;
import dev.maru.spring.identity.BearerAuthenticator;
import dev.maru.spring.identity.BearerTokens;
import dev.maru.spring.messaging.InterceptedClients;
import dev.maru.spring.rules.DestinationRules;
import org.springframework.beans.factory.ObjectProvider;

/** The beans of the application that become part of the engine. Confined to the thread that starts it. */
record EngineParts(
        Destinations destinations,
        Overflow overflow,
        People people,
        QueueConfiguration.QueueParts queues,
        Nodes nodes) {

    Engine.Builder addTo(Engine.Builder builder) {
        if (!nodes.cluster().isAlone()) {
            destinations.checkShared();
        }
        return nodes.addTo(queues.addTo(people.addTo(overflow.addTo(destinations.addTo(builder)))));
    }

    /** Destinations that are more than a name. */
    record Destinations(
            ObjectProvider<RecoverableDestinations> recoverable,
            ObjectProvider<SnapshotDestinations> snapshots,
            ObjectProvider<DestinationAlias> aliases,
            HistoryCache cache) {

        /** What is only in this process's memory cannot be one history for several nodes. */
        private void checkShared() {
            recoverable.stream()
                    .filter(some -> some.log() instanceof InMemoryMessageLog)
                    .findAny()
                    .ifPresent(some -> {
                        throw new WrongSettingException(
                                "maru.cluster.broker is set, and the history of " + some.pattern()
                                        + " is in the memory of one node",
                                "declare a MessageLog in a store that all nodes share, or no history there");
                    });
        }

        private Engine.Builder addTo(Engine.Builder builder) {
            recoverable.orderedStream().forEach(some -> builder.recoverable(some.pattern(), cache.around(some.log())));
            snapshots.orderedStream().forEach(some -> builder.snapshot(some.pattern(), some.source()));
            aliases.orderedStream().forEach(alias -> builder.alias(alias.name(), alias.destination()));
            return builder;
        }
    }

    /** What becomes of messages for who reads too slowly. */
    record Overflow(MaruProperties properties, ObjectProvider<OverflowDestinations> declared) {

        private Engine.Builder addTo(Engine.Builder builder) {
            properties.overflow().forEach(some -> builder.overflow(some.destination(), some.policy()));
            declared.orderedStream().forEach(some -> builder.overflow(some.pattern(), some.policy()));
            return builder.overflowLimits(ConnectionLimits.ofOverflow(properties.limits()));
        }
    }

    /** Who else is told of what is published here. */
    record Nodes(Cluster cluster, ObjectProvider<OutsideOutlet> outlets) {

        private Engine.Builder addTo(Engine.Builder builder) {
            outlets.stream().filter(OutsideOutlet::isOpen).forEach(outlet -> builder.onPublished(outlet::onPublished));
            return builder.cluster(cluster);
        }
    }

    /** Who people are, and what they may do. */
    record People(
            ObjectProvider<Authenticator> authenticator,
            BearerTokens tokens,
            DestinationRules rules,
            int connectionsPerUser,
            InterceptedClients interceptors) {

        private Engine.Builder addTo(Engine.Builder builder) {
            return builder.connectionsPerUser(connectionsPerUser)
                    .authenticator(interceptors.around(authenticator.getIfAvailable(this::byToken)))
                    .authorizer(interceptors.around((Authorizer) rules::authorize));
        }

        /** Where tokens are known nobody is let in without one. */
        private Authenticator byToken() {
            return tokens.isEmpty() ? Authenticator.OF_HANDSHAKE : new BearerAuthenticator(tokens, true);
        }
    }
}
