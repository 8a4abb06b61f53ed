package dev.maru.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.presence.PresenceStore;
import dev.maru.engine.presence.PresentPerson;
import java.util.Collection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PresenceStore} must do. A subclass opens its store empty, and once more on what it holds; it closes
 * both in an {@code @AfterEach} of its own.
 *
 * <p>Each test has its own instance and runs on one thread.
 */
public abstract class PresenceStoreContract {
    private static final long PATIENCE_SECONDS = 30;

    private static final PresentPerson MINSU = new PresentPerson("lobby", "민수");
    private static final PresentPerson JANE = new PresentPerson("lobby", "Jane");
    private static final PresentPerson MINSU_ELSEWHERE = new PresentPerson("3d41c3ed", "민수");

    private PresenceStore store;

    /** A store in which nobody is. */
    protected abstract PresenceStore openEmpty();

    /** The same store after a restart: what was put must be there again. */
    protected abstract PresenceStore reopen();

    @BeforeEach
    final void openStore() {
        store = openEmpty();
    }

    @Test
    void startsWithNobody() {
        assertThat(load(store)).isEmpty();
    }

    @Test
    void remembersWhoIsWhere() {
        get(store.put(MINSU));
        get(store.put(MINSU_ELSEWHERE));
        assertThat(load(store)).containsExactlyInAnyOrder(MINSU, MINSU_ELSEWHERE);
    }

    @Test
    void remembersAPersonOnceHoweverOftenPut() {
        get(store.put(MINSU));
        get(store.put(MINSU));
        assertThat(load(store)).containsExactly(MINSU);
    }

    @Test
    void forgetsAPersonAtOnePlaceOnly() {
        get(store.put(MINSU));
        get(store.put(MINSU_ELSEWHERE));
        get(store.put(JANE));
        get(store.remove(MINSU));
        assertThat(load(store)).containsExactlyInAnyOrder(MINSU_ELSEWHERE, JANE);
    }

    @Test
    void forgetsAPersonWhoWasPutTwice() {
        get(store.put(MINSU));
        get(store.put(MINSU));
        get(store.remove(MINSU));
        assertThat(load(store)).isEmpty();
    }

    @Test
    void takesTheRemovalOfSomebodyUnknown() {
        get(store.remove(MINSU));
        assertThat(load(store)).isEmpty();
    }

    @Test
    void tellsNamesApartThatDifferInCaseOnly() {
        get(store.put(JANE));
        get(store.put(new PresentPerson("lobby", "jane")));
        get(store.remove(JANE));
        assertThat(load(store)).containsExactly(new PresentPerson("lobby", "jane"));
    }

    @Test
    void carriesOutCallsInTheirOrderWithoutWaiting() {
        for (int i = 0; i < 100; i++) {
            store.put(MINSU);
            store.put(JANE);
            store.remove(MINSU);
        }
        assertThat(load(store)).containsExactly(JANE);
    }

    @Test
    void remembersAcrossARestart() {
        get(store.put(MINSU));
        get(store.put(JANE));
        get(store.remove(MINSU));
        PresenceStore reopened = reopen();
        assertThat(load(reopened)).containsExactly(JANE);
        get(reopened.remove(JANE));
        assertThat(load(reopened)).isEmpty();
    }

    private static Collection<PresentPerson> load(PresenceStore store) {
        return get(store.load());
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer from the store", e);
        }
    }
}
