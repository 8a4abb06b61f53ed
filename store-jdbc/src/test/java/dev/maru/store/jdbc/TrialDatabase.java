package dev.maru.store.jdbc;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real database with one table of texts. */
record TrialDatabase(Database database) implements AutoCloseable {

    static TrialDatabase in(Path folder) {
        return in(folder, DatabaseSettings.defaults());
    }

    static TrialDatabase in(Path folder, DatabaseSettings settings) {
        Database database = Database.sqlite(folder, settings);
        database.migrate("trial", "dev/maru/store/jdbc/trial");
        return new TrialDatabase(database);
    }

    static Write<String> insert(String text) {
        return sql -> {
            sql.update("INSERT INTO maru_trial (text) VALUES (?)", text);
            return text;
        };
    }

    CompletionStage<String> submit(String text) {
        return database.writer().submit(insert(text));
    }

    List<String> texts() {
        return await(database.readers()
                .read(sql -> sql.list("SELECT text FROM maru_trial ORDER BY id", row -> row.getString(1))));
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
