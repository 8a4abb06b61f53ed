package dev.maru.engine.presence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Who is where on several nodes: which node holds whom, and what has changed for all, in one order. A person is at a place
 * as long as some node holds them there. What a lost node holds ends with its lease; one of the others sees to it.
 *
 * <p>All methods are safe for any thread and return at once; the stages complete on threads of the store's own, or at
 * once. A failing store completes a stage exceptionally with a
 * {@link dev.maru.engine.history.LogUnavailableException}.
 */
public interface SharedPresenceStore {

    /** The most changes that are read at a time. */
    int PAGE = 1000;

    /** Everybody who is at some place, and which changes that contains. */
    CompletionStage<Everybody> load();

    /**
     * Does these moves of this node in their order, or none of them; no person is at one place twice in them. Holding whom
     * this node holds already changes nothing, nor does letting go whom it does not. The stage completes when it is
     * durable, with the changes that it made.
     */
    CompletionStage<List<PresenceChange>> apply(List<PresenceMove> moves);

    /**
     * The changes after this version, the earliest first, {@link #PAGE} at most; none that comes later stands before them.
     * Empty if some of them may be forgotten, so that everything is to be loaded again.
     */
    CompletionStage<Optional<List<PresenceChange>>> after(long version);

    /**
     * Sets who is told what happens. Called once, before anything else; both return quickly and do not throw.
     *
     * @param changed there may be changes, on this node or another
     * @param lost this node was declared dead, so that it holds nobody any more; whom it holds it is to hold again
     */
    void onNews(Runnable changed, Runnable lost);

    /**
     * Everybody at one moment.
     *
     * @param version of the last change that is contained
     * @param people in the order of their coming
     * @param versions of the last change of each place where somebody is
     */
    record Everybody(long version, List<PresentPerson> people, Map<String, Long> versions) {}
}
