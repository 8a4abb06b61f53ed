package dev.maru.benchmarks.micro;

import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.store.ChatStore;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Chat messages on their way to a real SQLite file, synchronised in full, a thousand under way at a time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LogBenchmark {
    private static final int UNDER_WAY = 1000;
    private static final TalkRequest TALK = new TalkRequest("lobby", Author.guest("Jane"), "x".repeat(200), null);

    private @Nullable Path folder;
    private @Nullable Database database;
    private @Nullable ChatStore store;

    /** Opens an empty chat. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("maru-log");
        database = Database.sqlite(folder, DatabaseSettings.defaults());
        store = ChatStore.open(database, ChatLimits.defaults(), InstantSource.system());
    }

    /** Leaves nothing behind. */
    @TearDown
    public void close() throws IOException {
        if (folder != null && database != null && store != null) {
            store.close();
            database.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(UNDER_WAY)
    public void talk() {
        if (store != null) {
            CompletableFuture<?>[] talks = new CompletableFuture<?>[UNDER_WAY];
            for (int i = 0; i < UNDER_WAY; i++) {
                talks[i] = store.messages().talk(TALK).toCompletableFuture();
            }
            CompletableFuture.allOf(talks).join();
        }
    }
}
