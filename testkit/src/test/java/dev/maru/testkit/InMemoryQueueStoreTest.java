package dev.maru.testkit;

import dev.maru.engine.queue.InMemoryQueueStore;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;

class InMemoryQueueStoreTest extends QueueStoreContract {

    @Override
    protected QueueStore openEmpty(QueueLimits limits) {
        return new InMemoryQueueStore(limits);
    }
}
