package dev.maru.cluster.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The right of one node to take what applications publish: a key that says whose it is, and that expires unless it is
 * renewed. A node that was stopped for longer finds its own right expired before it takes anything more.
 *
 * <p>Safe for any thread.
 */
final class OutsideLease {
    static final Duration RENEWED_EVERY = Duration.ofSeconds(1);
    private static final Duration EXPIRES_AFTER = Duration.ofSeconds(5);
    private static final Duration DOUBT = Duration.ofSeconds(1);

    private static final String CLAIM = """
            if redis.call('get', KEYS[1]) == ARGV[1] then
              return redis.call('pexpire', KEYS[1], ARGV[2])
            end
            return redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
            """;
    private static final String RELEASE = """
            return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0
            """;

    private final RedisAsyncCommands<String, byte[]> redis;
    private final String[] key;
    private final byte[] holder;
    private volatile long heldUntil = System.nanoTime();

    /** @param holder whose right it is, different for each node and each of its lives */
    OutsideLease(RedisAsyncCommands<String, byte[]> redis, String key, String holder) {
        this.redis = redis;
        this.key = new String[] {key};
        this.holder = holder.getBytes(UTF_8);
    }

    /** Takes or renews it; completes with whether it is held now. */
    CompletionStage<Boolean> claim() {
        long asked = System.nanoTime();
        return redis.<Long>eval(CLAIM, ScriptOutputType.INTEGER, key, holder, text(EXPIRES_AFTER.toMillis()))
                .thenApply(taken -> {
                    heldUntil = taken == 1 ? asked + EXPIRES_AFTER.minus(DOUBT).toNanos() : asked;
                    return taken == 1;
                });
    }

    /** Whether nobody else can hold it now. */
    boolean isHeld() {
        return System.nanoTime() - heldUntil < 0;
    }

    /** Gives it to whoever claims it next. */
    CompletionStage<Long> release() {
        heldUntil = System.nanoTime();
        return redis.eval(RELEASE, ScriptOutputType.INTEGER, key, holder);
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }
}
