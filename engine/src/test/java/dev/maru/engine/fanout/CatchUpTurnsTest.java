package dev.maru.engine.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.history.LogHead;
import dev.maru.engine.message.MessageContent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatchUpTurnsTest {
    private final CatchUpTurns turns = new CatchUpTurns();
    private final List<Eager> eager =
            IntStream.range(0, 8).mapToObj(i -> new Eager("s" + i, turns)).toList();

    @Test
    void givesTheTurnsThatAreOverToThoseWhoWaitInTheirOrder() {
        eager.forEach(Eager::resume);
        eager.get(5).resume();
        assertThat(whoHadATurn()).containsExactly("s0", "s1", "s2", "s3");

        turns.giveBack();
        turns.giveBack();

        assertThat(whoHadATurn()).containsExactly("s0", "s1", "s2", "s3", "s4", "s5");
    }

    @Test
    void passesOverThoseWhoWantNoneAnyMore() {
        eager.forEach(Eager::resume);
        turns.forget(eager.get(4));
        eager.get(5).cancel();

        turns.giveBack();

        assertThat(whoHadATurn()).containsExactly("s0", "s1", "s2", "s3", "s6");
    }

    @Test
    void hasATurnForWhoeverComesWhenNobodyWaits() {
        eager.subList(0, 4).forEach(Eager::resume);
        turns.giveBack();

        eager.get(7).resume();

        assertThat(whoHadATurn()).containsExactly("s0", "s1", "s2", "s3", "s7");
    }

    private List<String> whoHadATurn() {
        return eager.stream().flatMap(some -> some.had.stream()).toList();
    }

    /** Takes a turn whenever it can. */
    private static final class Eager implements Subscription {
        private final List<String> had = new ArrayList<>();
        private final String id;
        private final CatchUpTurns turns;
        private boolean cancelled;

        Eager(String id, CatchUpTurns turns) {
            this.id = id;
            this.turns = turns;
        }

        @Override
        public void resume() {
            if (!cancelled && turns.tryTake(this)) {
                had.add(id);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String destination() {
            return "/topic/a";
        }

        @Override
        public void whenReady(BiConsumer<@Nullable LogHead, @Nullable Throwable> action) {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public void start(long after) {
            throw new IllegalStateException("nobody starts it");
        }

        @Override
        public void send(MessageContent content) {
            throw new IllegalStateException("nobody sends");
        }

        @Override
        public @Nullable Settlement settle(String messageId, boolean positive) {
            return null;
        }
    }
}
