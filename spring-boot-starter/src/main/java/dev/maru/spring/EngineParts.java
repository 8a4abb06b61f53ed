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

    Engine.Builder addTo(Engine.Builder builder) {
        recoverable.orderedStream().forEach(some -> builder.recoverable(some.pattern(), some.log()));
        snapshots.orderedStream().forEach(some -> builder.snapshot(some.pattern(), some.source()));
        aliases.orderedStream().forEach(alias -> builder.alias(alias.name(), alias.destination()));
        return builder.authenticator(interceptors.around(authenticator.getIfAvailable(() -> NOBODY)))
                .authorizer(interceptors.around(authorizer.getIfAvailable(() -> EVERYTHING)));
    }
}
