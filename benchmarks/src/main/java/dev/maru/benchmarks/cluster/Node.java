package dev.maru.benchmarks.cluster;

import com.sun.management.OperatingSystemMXBean;
import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.cluster.ClusterNews;
import dev.maru.engine.cluster.ClusterSettings;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * One of two nodes, in a process of its own, that does what its standard input says and answers on its standard output:
 * {@code send <messages a second> <seconds>} tells the other node of so many stored messages, {@code count} tells what came
 * since the last time. Each message bears when it was told; the clock is the machine's, the same for both processes.
 *
 * <p>Confined to the main thread; what the broker brings is counted on the broker's.
 */
public final class Node implements ClusterNews {
    private static final int ROOMS = 100;
    private static final int BYTES = 290;
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final ConcurrentHistogram latencies = new ConcurrentHistogram(1000, LONGEST_NANOS, 3);
    private final Cluster cluster;
    private final long[] offsets = new long[ROOMS];

    private Node(Cluster cluster) {
        this.cluster = cluster;
        cluster.start(this);
        for (int room = 0; room < ROOMS; room++) {
            var _ = cluster.listen(destination(room));
        }
    }

    public static void main(String[] words) throws IOException {
        BrokerKind kind = BrokerKind.valueOf(words[0].toUpperCase(Locale.ROOT));
        try (Cluster cluster = Cluster.of(kind.connect(Integer.parseInt(words[1])), ClusterSettings.DEFAULT);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Node node = new Node(cluster);
            while (cluster.others() == 0) {
                LockSupport.parkNanos(10_000_000);
            }
            System.out.println("ready");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(node.obey(order.split(" ", -1)));
            }
        }
    }

    private String obey(String... order) {
        return switch (order[0]) {
            case "send" -> send(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
            case "count" -> count();
            default -> throw new IllegalArgumentException(order[0]);
        };
    }

    /** Answers how many were told, how many of them could not be, and the CPU nanoseconds of this process so far. */
    private String send(int aSecond, int seconds) {
        long untoldBefore = cluster.untold();
        long begin = System.nanoTime();
        long all = (long) aSecond * seconds;
        for (long sent = 0; sent < all; sent++) {
            long due = begin + sent * 1_000_000_000L / aSecond;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(Math.max(due - System.nanoTime(), 50_000));
            }
            tell((int) (sent % ROOMS));
        }
        return all + " " + (cluster.untold() - untoldBefore) + " " + SYSTEM.getProcessCpuTime();
    }

    private void tell(int room) {
        byte[] body = new byte[BYTES];
        ByteBuffer.wrap(body).putLong(System.nanoTime());
        cluster.stored(new StoredMessage(
                destination(room), new StreamPosition("cost", ++offsets[room]), MessageContent.json(body)));
    }

    /** Answers how many came, median and 99th percentile in nanoseconds, and the CPU nanoseconds so far. */
    private String count() {
        String answer = latencies.getTotalCount() + " " + latencies.getValueAtPercentile(50) + " "
                + latencies.getValueAtPercentile(99) + " " + SYSTEM.getProcessCpuTime();
        latencies.reset();
        return answer;
    }

    @Override
    public void onStored(StoredMessage message) {
        long told = ByteBuffer.wrap(message.content().body()).getLong();
        latencies.recordValue(Math.clamp(System.nanoTime() - told, 1000, LONGEST_NANOS));
    }

    @Override
    public void onBroadcast(String destination, MessageContent content) {}

    @Override
    public void onHead(String destination, StreamPosition head) {}

    @Override
    public void onDoubt() {}

    private static String destination(int room) {
        return "/topic/rooms/" + room;
    }
}
