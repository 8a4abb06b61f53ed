package dev.maru.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.presence.PresenceChange;
import dev.maru.engine.presence.PresenceMove;
import dev.maru.engine.presence.PresentPerson;
import dev.maru.engine.presence.SharedPresenceStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SharedPresenceStore} must do. A subclass closes all that it opened in an {@code @AfterEach} of its
 * own.
 *
 * <p>Each test has its own instance and runs on one thread.
 */
public abstract class SharedPresenceContract {
    private static final long PATIENCE_SECONDS = 30;

    private static final PresentPerson MINSU = new PresentPerson("lobby", "민수");
    private static final PresentPerson JANE = new PresentPerson("lobby", "Jane");
    private static final PresentPerson MINSU_ELSEWHERE = new PresentPerson("3d41c3ed", "민수");

    private SharedPresenceStore one;
    private SharedPresenceStore other;

    /** A node's store; all of them are of one presence, in which nobody is when the first is opened. */
    protected abstract SharedPresenceStore open();

    /** The node of this store is lost from one moment to the next, and the others may know it at once. */
    protected abstract void lose(SharedPresenceStore store);

    @BeforeEach
    final void openTwoNodes() {
        one = open();
        other = open();
        get(one.load());
        get(other.load());
    }

    @Test
    void startsWithNobody() {
        SharedPresenceStore.Everybody everybody = get(one.load());

        assertThat(everybody.people()).isEmpty();
        assertThat(everybody.versions()).isEmpty();
        assertThat(after(everybody.version())).isEmpty();
    }

    @Test
    void saysWhoIsNewAnywhereAndWhoIsHeldByNobodyAnyMore() {
        assertThat(hold(one, MINSU)).containsExactly("+민수");
        assertThat(hold(other, MINSU)).isEmpty();
        assertThat(letGo(one, MINSU)).isEmpty();
        assertThat(get(one.load()).people()).containsExactly(MINSU);
        assertThat(letGo(other, MINSU)).containsExactly("-민수");
        assertThat(get(one.load()).people()).isEmpty();
    }

    @Test
    void changesNothingForWhatIsRepeated() {
        hold(one, MINSU);

        assertThat(hold(one, MINSU)).isEmpty();
        assertThat(letGo(other, MINSU)).isEmpty();
        assertThat(letGo(one, JANE)).isEmpty();
        assertThat(letGo(one, MINSU)).containsExactly("-민수");
        assertThat(letGo(one, MINSU)).isEmpty();
    }

    @Test
    void keepsPlacesAndNamesApart() {
        PresentPerson small = new PresentPerson("lobby", "jane");
        get(one.apply(List.of(
                new PresenceMove(MINSU, true),
                new PresenceMove(MINSU_ELSEWHERE, true),
                new PresenceMove(JANE, true),
                new PresenceMove(small, true))));
        get(one.apply(List.of(new PresenceMove(MINSU, false), new PresenceMove(JANE, false))));

        assertThat(get(other.load()).people()).containsExactly(MINSU_ELSEWHERE, small);
    }

    @Test
    void doesMovesInTheirOrder() {
        hold(one, JANE);
        List<PresenceChange> changes = get(one.apply(List.of(
                new PresenceMove(MINSU, true),
                new PresenceMove(JANE, false),
                new PresenceMove(MINSU_ELSEWHERE, true))));

        assertThat(changes).extracting(PresenceChange::person).containsExactly(MINSU, JANE, MINSU_ELSEWHERE);
        assertThat(changes).extracting(PresenceChange::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void tellsEveryNodeTheSameChangesInTheSameOrder() {
        hold(one, MINSU);
        hold(other, JANE);
        letGo(one, MINSU);

        List<PresenceChange> here = after(one, 0);
        List<PresenceChange> there = after(other, 0);
        assertThat(texts(here)).containsExactly("+민수", "+Jane", "-민수").isEqualTo(texts(there));
        assertThat(versions(here)).isEqualTo(versions(there)).isSorted();
        assertThat(here).extracting(PresenceChange::here).containsExactly(true, false, true);
        assertThat(there).extracting(PresenceChange::here).containsExactly(false, true, false);
        assertThat(texts(after(other, versions(here).get(1)))).containsExactly("-민수");
    }

    @Test
    void loadsEverybodyInTheOrderOfTheirComingWithTheVersionsOfTheirPlaces() {
        hold(one, MINSU_ELSEWHERE);
        hold(other, JANE);
        hold(one, MINSU);
        hold(one, JANE);
        letGo(other, JANE);
        PresentPerson brief = new PresentPerson("lobby", "brief");
        hold(other, brief);
        letGo(other, brief);

        SharedPresenceStore.Everybody everybody = get(other.load());
        List<PresenceChange> changes = after(one, 0);
        assertThat(everybody.people()).containsExactly(MINSU_ELSEWHERE, JANE, MINSU);
        assertThat(everybody.version()).isEqualTo(changes.getLast().version());
        assertThat(everybody.versions())
                .isEqualTo(Map.of(
                        "3d41c3ed",
                        changes.getFirst().version(),
                        "lobby",
                        changes.getLast().version()));
    }

    @Test
    void readsManyChangesPageByPage() {
        List<PresenceMove> many = IntStream.range(0, SharedPresenceStore.PAGE + 1)
                .mapToObj(i -> new PresenceMove(new PresentPerson("hall", "p" + i), true))
                .toList();
        get(one.apply(many));

        List<PresenceChange> first = after(other, 0);
        assertThat(first).hasSize(SharedPresenceStore.PAGE);
        assertThat(texts(after(other, first.getLast().version()))).containsExactly("+p" + SharedPresenceStore.PAGE);
    }

    @Test
    void showsNoChangeBeforeAnEarlierOne() {
        List<CompletableFuture<List<PresenceChange>>> writing = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            SharedPresenceStore store = i % 2 == 0 ? one : other;
            writing.add(store.apply(List.of(new PresenceMove(new PresentPerson("p" + i % 7, "n" + i), true)))
                    .toCompletableFuture());
        }
        List<PresenceChange> read = new ArrayList<>();
        boolean writesAreDone = false;
        boolean all = false;
        while (!all) {
            read.addAll(after(read.isEmpty() ? 0 : read.getLast().version()));
            all = writesAreDone;
            writesAreDone = writing.stream().allMatch(CompletableFuture::isDone);
        }

        assertThat(read).hasSize(150);
        assertThat(versions(read)).isEqualTo(versions(after(0)));
    }

    @Test
    void takesThePeopleOfALostNodeAwayOnce() {
        SharedPresenceStore third = open();
        hold(third, JANE);
        hold(third, MINSU);
        hold(one, MINSU);
        lose(third);

        Awaitility.await()
                .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .until(() -> get(one.load()).people().equals(List.of(MINSU)));
        assertThat(texts(after(0))).containsExactly("+Jane", "+민수", "-Jane");
        assertThat(Arrays.asList(
                        after(one, 0).getLast().here(),
                        after(other, 0).getLast().here()))
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void tellsThatThePeopleOfALostNodeHaveLeft() {
        AtomicInteger told = new AtomicInteger();
        one.onNews(told::incrementAndGet, () -> {});
        other.onNews(told::incrementAndGet, () -> {});
        SharedPresenceStore third = open();
        hold(third, JANE);
        told.set(0);
        lose(third);

        Awaitility.await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> told.get() > 0);
        assertThat(texts(after(0))).containsExactly("+Jane", "-Jane");
    }

    private List<PresenceChange> after(long version) {
        return after(one, version);
    }

    private static List<PresenceChange> after(SharedPresenceStore store, long version) {
        return get(store.after(version)).orElseThrow();
    }

    private static List<String> hold(SharedPresenceStore store, PresentPerson person) {
        return texts(get(store.apply(List.of(new PresenceMove(person, true)))));
    }

    private static List<String> letGo(SharedPresenceStore store, PresentPerson person) {
        return texts(get(store.apply(List.of(new PresenceMove(person, false)))));
    }

    private static List<Long> versions(List<PresenceChange> changes) {
        return changes.stream().map(PresenceChange::version).toList();
    }

    private static List<String> texts(List<PresenceChange> changes) {
        return changes.stream()
                .map(change -> (change.joined() ? "+" : "-") + change.person().person())
                .toList();
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
