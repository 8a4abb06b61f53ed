package dev.maru.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.faults.History.Entry;
import dev.maru.server.faults.History.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the checker finds what it is there to find: each wrong history differs from the right one in one thing. */
class CheckerTest {
    private static final Set<String> SENT = Set.of("a", "b", "c", "lost");
    private static final List<Entry> LOG = entries("1a 2b 3c");

    @Test
    void findsNothingWrongWithARightHistory() {
        assertThat(Checker.violations(new History(SENT, entries("3c 1a"), List.of(view(0, "1a 2b 3c")), LOG)))
                .isEmpty();
        assertThat(Checker.violations(new History(SENT, List.of(), List.of(view(2, "3c"), view(3, "")), LOG)))
                .isEmpty();
        assertThat(Checker.violations(new History(Set.of(), List.of(), List.of(view(0, "")), List.of())))
                .isEmpty();
    }

    @Test
    void findsAReceiptedMessageThatIsLost() {
        assertThat(receipts("4lost")).containsExactly("lost was receipted at 4, where null stands");
    }

    @Test
    void findsAMessageThatIsNotWhereItsReceiptSays() {
        assertThat(receipts("1b")).containsExactly("b was receipted at 1, where a stands");
    }

    @Test
    void findsTwoReceiptsThatSayDifferentPlaces() {
        assertThat(receipts("2b 3b")).containsExactly("b was receipted at 3, where c stands");
    }

    @Test
    void findsAMessageThatIsStoredTwice() {
        assertThat(log("1a 2b 3a")).contains("a is stored twice, the second time at 3");
    }

    @Test
    void findsAGapInTheLog() {
        assertThat(log("1a 3b")).contains("the log goes from 1 to 3");
        assertThat(log("2a 3b")).contains("the log goes from 0 to 2");
    }

    @Test
    void findsOffsetsThatAreGivenTwice() {
        assertThat(log("1a 1b")).contains("the log goes from 1 to 1");
    }

    @Test
    void findsAMessageThatNobodySent() {
        assertThat(log("1a 2ghost")).contains("ghost is stored at 2, and nobody sent it");
    }

    @Test
    void findsAMessageThatAClientMisses() {
        assertThat(views(view(0, "1a 3c"))).containsExactly("jane misses what is between 1 and 3");
        assertThat(views(view(0, "2b 3c"))).containsExactly("jane misses what is between 0 and 2");
    }

    @Test
    void findsAMessageThatAClientIsShownTwice() {
        assertThat(views(view(0, "1a 2b 2b 3c"))).containsExactly("jane was shown 2 behind 2");
        assertThat(views(view(2, "2b 3c"))).containsExactly("jane was shown 2 behind 2");
    }

    @Test
    void findsMessagesInAnotherOrder() {
        assertThat(views(view(0, "1a 3c 2b"))).contains("jane was shown 2 behind 3");
    }

    @Test
    void findsTwoClientsThatSeeDifferentMessagesInOnePlace() {
        assertThat(views(view(0, "1a 2b 3c"), view(0, "1a 2lost 3c")))
                .containsExactly("jane was shown lost at 2, where b stands");
    }

    @Test
    void findsAMessageThatWasShownAndIsGoneAfterwards() {
        assertThat(views(view(0, "1a 2b 3c 4lost"))).contains("jane was shown lost at 4, where null stands");
    }

    @Test
    void findsAClientThatNeverGetsTheLastMessage() {
        assertThat(views(view(0, "1a 2b"))).containsExactly("jane stopped at 2, and the last message is 3");
        assertThat(views(view(0, ""))).containsExactly("jane stopped at 0, and the last message is 3");
    }

    @Test
    void findsAClientThatCouldNotGoOn() {
        View broken = new View("jane", 0, LOG, List.of("1 was not recovered"));
        assertThat(views(broken)).containsExactly("jane could not go on: 1 was not recovered");
    }

    private static List<String> receipts(String receipts) {
        return Checker.violations(new History(SENT, entries(receipts), List.of(view(0, "1a 2b 3c")), LOG));
    }

    private static List<String> views(View... views) {
        return Checker.violations(new History(SENT, List.of(), List.of(views), LOG));
    }

    private static List<String> log(String log) {
        return Checker.violations(new History(SENT, List.of(), List.of(), entries(log)));
    }

    private static View view(long after, String entries) {
        return new View("jane", after, entries(entries), List.of());
    }

    /** For example {@code 1a 2b}. */
    private static List<Entry> entries(String words) {
        List<Entry> entries = new ArrayList<>();
        Arrays.stream(words.split(" "))
                .filter(word -> !word.isEmpty())
                .forEach(word -> entries.add(new Entry(word.charAt(0) - '0', word.substring(1))));
        return entries;
    }
}
