package dev.maru.engine.fanout;

import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the logs where destinations stand, many at a time and one batch after the other, and tells the topics.
 *
 * <p>Confined to whichever thread completes the batch before.
 */
final class HeadComparison {
    private static final Logger log = LoggerFactory.getLogger(HeadComparison.class);
    private static final int BATCH = 500;

    private final List<Batch> batches;
    private int next;

    private record Batch(MessageLog history, Map<String, Topic> topics) {}

    private HeadComparison(List<Batch> batches) {
        this.batches = batches;
    }

    static HeadComparison of(List<Topic> topics) {
        Map<MessageLog, List<Topic>> byLog = new HashMap<>();
        for (Topic topic : topics) {
            if (topic.kind().log() != null) {
                byLog.computeIfAbsent(topic.kind().log(), history -> new ArrayList<>())
                        .add(topic);
            }
        }
        List<Batch> batches = new ArrayList<>();
        byLog.forEach((history, all) -> {
            for (int from = 0; from < all.size(); from += BATCH) {
                Map<String, Topic> some = new HashMap<>();
                all.subList(from, Math.min(all.size(), from + BATCH))
                        .forEach(topic -> some.put(topic.kind().canonical(), topic));
                batches.add(new Batch(history, some));
            }
        });
        return new HeadComparison(batches);
    }

    void start() {
        if (next < batches.size()) {
            Batch batch = batches.get(next++);
            batch.history.heads(batch.topics.keySet()).whenCompleteAsync((heads, error) -> take(batch, heads, error));
        }
    }

    private void take(Batch batch, @Nullable Map<String, LogHead> heads, @Nullable Throwable error) {
        if (heads == null) {
            log.debug("The heads of {} destinations cannot be read now", batch.topics.size(), error);
            return;
        }
        heads.forEach((destination, head) -> {
            Topic topic = batch.topics.get(destination);
            if (topic != null) {
                topic.expect(head.position());
            }
        });
        start();
    }
}
