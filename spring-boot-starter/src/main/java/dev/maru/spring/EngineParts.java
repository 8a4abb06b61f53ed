package dev.maru.spring;

import dev.maru.engine.Engine;
import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.Authorizer;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.destination.DestinationAlias;
import dev.maru.spring.destination.RecoverableDestinations;
import dev.maru.spring.destination.SnapshotDestinations;
import dev.maru.spring.messaging.InterceptedClients;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** The beans of the application that become part of the engine. */
record EngineParts(
        ObjectProvider<RecoverableDestinations> recoverable,
        ObjectProvider<SnapshotDestinations> snapshots,
        ObjectProvider<DestinationAlias> aliases,
        ObjectProvider<Authenticator> authenticator,
        ObjectProvider<Authorizer> authorizer,
        InterceptedClients interceptors) {

    private static final Authenticator NOBODY =
            (session, connect) -> CompletableFuture.completedStage(new SessionUser(session.id(), true));
    private static final Authorizer EVERYTHING =
            (session, command, destination, headers) -> CompletableFuture.completedStage(null);

    private static final Logger LOG = LoggerFactory.getLogger(EngineParts.class);

    Engine.Builder addTo(Engine.Builder builder) {
        recoverable.orderedStream().forEach(some -> builder.recoverable(some.pattern(), some.log()));
        snapshots.orderedStream().forEach(some -> builder.snapshot(some.pattern(), some.source()));
        aliases.orderedStream().forEach(alias -> builder.alias(alias.name(), alias.destination()));
        if (authorizer.getIfAvailable() == null) {
            LOG.info("Clients may subscribe and send to every destination; an Authorizer bean says what they may not");
        }
        return builder.authenticator(interceptors.around(authenticator.getIfAvailable(() -> NOBODY)))
                .authorizer(interceptors.around(authorizer.getIfAvailable(() -> EVERYTHING)));
    }
}
