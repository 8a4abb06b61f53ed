package dev.maru.engine.presence;

import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Keeps who is where across restarts. Calls are safe for any thread, return at once, and take effect in the order in
 * which they were made.
 */
public interface PresenceStore {

    /** Everybody who was present when the store was last written to. */
    CompletionStage<? extends Collection<PresentPerson>> load();

    /** Remembers a person at a place. Repeating it changes nothing. */
    CompletionStage<?> put(PresentPerson person);

    /** Forgets a person at a place. */
    CompletionStage<?> remove(PresentPerson person);
}
