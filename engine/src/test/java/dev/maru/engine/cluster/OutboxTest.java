package dev.maru.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final List<Runnable> tasks = new ArrayList<>();
    private final SlowBroker broker = new SlowBroker();
    private final Outbox outbox = new Outbox(broker, 1, 1000, tasks::add);

    @Test
    void packsTogetherWhatWaitsTogether() {
        outbox.add(3, note(10));
        outbox.add(4, note(10));
        outbox.add(3, note(10));
        tasks.forEach(Runnable::run);

        assertThat(tasks).hasSize(1);
        assertThat(broker.partitions).containsExactly(3, 4);
        assertThat(Parcel.read(broker.parcels.getFirst()).items()).hasSize(2);
    }

    @Test
    void dropsWhatDoesNotFitUntilTheBrokerHasTakenSome() {
        outbox.add(0, note(900));
        outbox.add(0, note(900));
        assertThat(outbox.dropped()).isEqualTo(1);
        tasks.removeFirst().run();
        outbox.add(0, note(900));
        assertThat(outbox.dropped()).isEqualTo(2);

        broker.answers.removeFirst().complete(null);
        outbox.add(0, note(900));
        tasks.removeFirst().run();
        assertThat(outbox.dropped()).isEqualTo(2);
        assertThat(broker.parcels).hasSize(2);
    }

    @Test
    void countsWhatTheBrokerDidNotTake() {
        outbox.add(0, note(1));
        outbox.add(0, note(1));
        tasks.removeFirst().run();
        broker.answers.removeFirst().completeExceptionally(new ClusterUnavailableException("gone"));
        assertThat(outbox.dropped()).isEqualTo(2);
    }

    private static Parcel.Item note(int bytes) {
        return new Parcel.Announcement("note", new byte[bytes]);
    }

    /** Takes nothing until the test says so. */
    private static final class SlowBroker implements ClusterBroker {
        private final List<Integer> partitions = new ArrayList<>();
        private final List<byte[]> parcels = new ArrayList<>();
        private final List<CompletableFuture<Void>> answers = new ArrayList<>();

        @Override
        public void start(int count, ClusterReceiver receiver) {}

        @Override
        public CompletionStage<Void> listen(int partition) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void ignore(int partition) {}

        @Override
        public CompletionStage<Void> publish(int partition, byte[] parcel) {
            partitions.add(partition);
            parcels.add(parcel);
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void close() {}
    }
}
