package dev.maru.spring.cluster;

import dev.maru.engine.cluster.OutsideMessage;
import java.util.concurrent.CompletionStage;

/**
 * Takes what applications that are no nodes publish at the broker. A bean of this type decides what becomes of it; by
 * default it is published to its destination.
 */
@FunctionalInterface
public interface OutsideInbox {

    /**
     * Takes a message whose destination is among {@code maru.cluster.outside.in}. Safe for any thread; returns at once.
     * The stage completes when the message is stored or handed over, exceptionally with a
     * {@link dev.maru.engine.fault.Refusal} if it never will be.
     */
    CompletionStage<?> take(OutsideMessage message);
}
