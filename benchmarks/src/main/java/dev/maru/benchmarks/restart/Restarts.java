package dev.maru.benchmarks.restart;

import dev.maru.benchmarks.restart.Transcript.Faults;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Restarts a server again and again under people who chat, measures how long each is without it, and at the end has
 * everything that is stored read once more and compared with what everybody was shown and promised.
 *
 * <p>Used by the main thread alone.
 */
public final class Restarts {
    private static final long PATIENCE_SECONDS = 120;
    private static final long LOOK_MILLIS = 100;

    private final Options options;
    private final RestartedServer server;
    private final Crowd crowd;

    private Restarts(Options options, RestartedServer server, Crowd crowd) {
        this.options = options;
        this.server = server;
        this.crowd = crowd;
    }

    /**
     * Words: {@code people=1000}, {@code rooms=20}, {@code rate=100} messages in a second of all together,
     * {@code restarts=3} of each kind, {@code chat=10} seconds before each, {@code port=18080}, {@code jar=} the server,
     * {@code jvm=-Xmx1g} options of its JVM and {@code server=} further words for it (both divided by commas). Ends with 1 if anybody missed or doubled a message, or
     * was shown another order.
     */
    public static void main(String[] words) throws Exception {
        stayOnSecondProcessor();
        Options options = Options.of(words);
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        boolean kept;
        try (var server = new RestartedServer(options)) {
            server.awaitReady();
            kept = new Restarts(options, server, new Crowd(options, group.next())).run();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
        System.exit(kept ? 0 : 1);
    }

    private boolean run() throws Exception {
        tell(crowd::come);
        await(() -> crowd.away() == 0, "all to connect");
        tell(crowd::talk);
        for (int i = 1; i <= options.restarts(); i++) {
            restart("SIGTERM " + i, true);
        }
        for (int i = 1; i <= options.restarts(); i++) {
            restart("SIGKILL " + i, false);
        }
        Thread.sleep(options.chat());
        tell(crowd::beSilent);
        awaitAll("all receipts and messages");
        tell(crowd::readAll);
        awaitAll("all that is stored");
        Faults faults = ask(crowd::leave);
        System.out.printf(
                "%d messages to %d people: missing %d, doubled %d, out of order %d; refused and sent again: %d%n",
                ask(crowd::written),
                options.people(),
                faults.missing(),
                faults.doubled(),
                faults.disordered(),
                ask(crowd::refusals));
        return faults.none();
    }

    private void restart(String name, boolean gracefully) throws Exception {
        Thread.sleep(options.chat());
        Outage outage = ask(crowd::expectOutage);
        long asked = System.nanoTime();
        server.restart(gracefully);
        long ended = System.nanoTime();
        long ready = server.awaitReady();
        tell(() -> outage.answered(ready));
        await(() -> outage.returns() >= options.people() && crowd.away() == 0, "all to come back");
        System.out.printf(
                "%s: %s; the process took %.2f s to end and %.2f s to be ready again%n",
                name, ask(outage::figures), (ended - asked) / 1e9, (ready - ended) / 1e9);
    }

    /** Without it the checks say what is wrong. */
    private void awaitAll(String what) throws Exception {
        try {
            await(crowd::haveAll, what);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
        }
    }

    private void await(Callable<Boolean> condition, String what) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!ask(condition)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void tell(Runnable action) throws Exception {
        crowd.loop().submit(action).get();
    }

    private <T> T ask(Callable<T> question) throws Exception {
        return crowd.loop().submit(question).get();
    }

    private static void stayOnSecondProcessor() throws IOException, InterruptedException {
        String self = Long.toString(ProcessHandle.current().pid());
        int exit = new ProcessBuilder("taskset", "-a", "-c", "-p", "1", self)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("taskset ended with " + exit);
        }
    }
}
