package dev.maru.server.faults;

import dev.maru.server.faults.History.Entry;
import dev.maru.server.faults.History.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges a history by the promises: one order for everybody, without gaps; what was receipted stands where the receipt
 * says; nothing stands there twice. What was sent without a receipt may stand there or not. To be used once, by one
 * thread.
 */
final class Checker {
    private final History history;
    private final List<String> violations = new ArrayList<>();
    private final Map<Long, String> log = new HashMap<>();
    private long head;

    private Checker(History history) {
        this.history = history;
    }

    /** What is wrong with it, in words; empty if it keeps the promises. */
    static List<String> violations(History history) {
        Checker checker = new Checker(history);
        checker.checkLog();
        checker.checkReceipts();
        history.views().forEach(checker::checkView);
        return List.copyOf(checker.violations);
    }

    private void checkLog() {
        Set<String> seen = new TreeSet<>();
        for (Entry entry : history.log()) {
            if (entry.offset() != head + 1) {
                report("the log goes from %d to %d", head, entry.offset());
            }
            if (!seen.add(entry.id())) {
                report("%s is stored twice, the second time at %d", entry.id(), entry.offset());
            }
            if (!history.sent().contains(entry.id())) {
                report("%s is stored at %d, and nobody sent it", entry.id(), entry.offset());
            }
            head = entry.offset();
            log.put(entry.offset(), entry.id());
        }
    }

    private void checkReceipts() {
        for (Entry receipt : history.receipts()) {
            String stored = log.get(receipt.offset());
            if (!receipt.id().equals(stored)) {
                report("%s was receipted at %d, where %s stands", receipt.id(), receipt.offset(), stored);
            }
        }
    }

    private void checkView(View view) {
        long before = view.after();
        for (Entry entry : view.entries()) {
            if (entry.offset() > before + 1) {
                report("%s misses what is between %d and %d", view.client(), before, entry.offset());
            } else if (entry.offset() <= before) {
                report("%s was shown %d behind %d", view.client(), entry.offset(), before);
            }
            if (!entry.id().equals(log.get(entry.offset()))) {
                report(
                        "%s was shown %s at %d, where %s stands",
                        view.client(), entry.id(), entry.offset(), log.get(entry.offset()));
            }
            before = entry.offset();
        }
        if (before != head) {
            report("%s stopped at %d, and the last message is %d", view.client(), before, head);
        }
        view.broken().forEach(where -> report("%s could not go on: %s", view.client(), where));
    }

    private void report(String violation, Object... details) {
        violations.add(violation.formatted(details));
    }
}
