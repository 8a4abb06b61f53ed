package dev.maru.chat.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.maru.chat.ChatLimits;
import dev.maru.chat.message.Author;
import dev.maru.chat.message.TalkRequest;
import dev.maru.chat.message.Talked;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.DatabaseSettings;
import dev.maru.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A chat on a real database in a folder, with shorter ways to do the usual things. */
public record OpenChat(Database database, ChatStore store, AutoCloseable place) implements AutoCloseable {

    static boolean onPostgres;

    public static OpenChat in(Path folder) {
        return in(folder, ChatLimits.defaults(), InstantSource.system());
    }

    public static OpenChat in(Path folder, ChatLimits limits, InstantSource time) {
        if (onPostgres) {
            HikariDataSource pool = PostgresServer.pool(nameOf(folder));
            return open(Database.of(pool, DatabaseSettings.defaults()), limits, time, pool);
        }
        return open(Database.sqlite(folder, DatabaseSettings.defaults()), limits, time, () -> {});
    }

    private static OpenChat open(Database database, ChatLimits limits, InstantSource time, AutoCloseable place) {
        return new OpenChat(database, ChatStore.open(database, limits, time), place);
    }

    private static String nameOf(Path folder) {
        return "chat_" + Integer.toHexString(folder.hashCode());
    }

    public static TalkRequest text(String room, String text) {
        return new TalkRequest(room, Author.guest("민수"), text, null);
    }

    public static TalkRequest text(String room, String text, String clientMessageId) {
        return new TalkRequest(room, Author.guest("민수"), text, clientMessageId);
    }

    public Talked talk(String room, String text) {
        return await(store.messages().talk(text(room, text)));
    }

    public Talked talk(TalkRequest request) {
        return await(store.messages().talk(request));
    }

    /** What the stage completes with; its failure is thrown as it is. */
    public static <T> T await(CompletionStage<T> stage) {
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
        store.close();
        database.close();
        try {
            place.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
