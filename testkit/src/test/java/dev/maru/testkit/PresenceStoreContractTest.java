package dev.maru.testkit;

import dev.maru.engine.presence.PresenceStore;
import dev.maru.engine.presence.PresentPerson;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shows that the contract can be kept: by the plainest store there is. */
class PresenceStoreContractTest extends PresenceStoreContract {
    private final Set<PresentPerson> disk = new LinkedHashSet<>();

    @Override
    protected PresenceStore openEmpty() {
        return new Plain(disk);
    }

    @Override
    protected PresenceStore reopen() {
        return new Plain(disk);
    }

    private record Plain(Set<PresentPerson> disk) implements PresenceStore {

        @Override
        public CompletionStage<? extends Collection<PresentPerson>> load() {
            return CompletableFuture.completedFuture(List.copyOf(disk));
        }

        @Override
        public CompletionStage<?> put(PresentPerson person) {
            return CompletableFuture.completedFuture(disk.add(person));
        }

        @Override
        public CompletionStage<?> remove(PresentPerson person) {
            return CompletableFuture.completedFuture(disk.remove(person));
        }
    }
}
