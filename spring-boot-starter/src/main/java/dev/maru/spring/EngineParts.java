package dev.maru.spring;

import dev.maru.engine.Engine;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.Authorizer;
import dev.maru.spring.destination.DestinationAlias;
import dev.maru.spring.destination.RecoverableDestinations;
import dev.maru.spring.destination.SnapshotDestinations;
import dev.maru.spring.identity.BearerAuthenticator;
import dev.maru.spring.identity.BearerTokens;
import dev.maru.spring.messaging.InterceptedClients;
import dev.maru.spring.rules.DestinationRules;
import org.springframework.beans.factory.ObjectProvider;

/** The beans of the application that become part of the engine. Confined to the thread that starts it. */
record EngineParts(Destinations destinations, People people, QueueConfiguration.QueueParts queues) {

    Engine.Builder addTo(Engine.Builder builder) {
        return queues.addTo(people.addTo(destinations.addTo(builder)));
    }

    /** Destinations that are more than a name. */
    record Destinations(
            ObjectProvider<RecoverableDestinations> recoverable,
            ObjectProvider<SnapshotDestinations> snapshots,
            ObjectProvider<DestinationAlias> aliases) {

        private Engine.Builder addTo(Engine.Builder builder) {
            recoverable.orderedStream().forEach(some -> builder.recoverable(some.pattern(), some.log()));
            snapshots.orderedStream().forEach(some -> builder.snapshot(some.pattern(), some.source()));
            aliases.orderedStream().forEach(alias -> builder.alias(alias.name(), alias.destination()));
            return builder;
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
