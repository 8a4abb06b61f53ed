package dev.maru.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run: connects all members, waits until each is subscribed, warms up, measures, and prints one line of JSON.
 *
 * <p>The run is driven by the main thread; all members live on one event loop, so that the generator needs one core and
 * no lock.
 */
public final class Load {
    private static final int CONNECTING_AT_A_TIME = 64;
    private static final int RECEIVE_BUFFER = 64 * 1024;
    private static final long PATIENCE_SECONDS = 60;
    private static final long LEAD_IN_MILLIS = 2000;

    private final Options options;
    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final Ledger ledger = new Ledger();
    private final List<Room> rooms = new ArrayList<>();
    private int opened;
    private volatile @Nullable Throwable failure;

    private Load(Options options, EventLoop loop) {
        this.options = options;
        this.loop = loop;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BUFFER));
    }

    /** Runs what the words ask for; ends with 1 if a member was cut off or got anything but what it should. */
    public static void main(String[] words) throws Exception {
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            System.out.println(new Load(Options.of(words), group.next()).run());
        } catch (IllegalStateException e) {
            System.err.println(e);
            System.exit(1);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    /** A connection has shaken hands. */
    void opened() {
        opened++;
    }

    /** A RECEIPT came. */
    void receipted() {
        ledger.receipted();
    }

    /** Ends the run. */
    void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    private String run() throws Exception {
        ServerProcess server = new ServerProcess(options.pids());
        long before = server.memoryKilobytes();
        connect();
        settle();
        onLoop(this::startHeartBeats);
        double perConnection = (server.memoryKilobytes() - before) / (double) options.connections();
        Publishing publishing = new Publishing(options, rooms, loop);
        onLoop(() -> ledger.whenComplete(publishing::completed));
        warmUp(publishing);
        onLoop(publishing::start);
        pause(LEAD_IN_MILLIS);
        String report = measure(server, perConnection);
        onLoop(publishing::stop);
        return report;
    }

    private void warmUp(Publishing publishing) throws Exception {
        onLoop(publishing::warmUp);
        pause(options.warmUp().toMillis());
        onLoop(publishing::pause);
        await(() -> onLoop(() -> rooms.stream().allMatch(Room::quiet)), "the end of the warm-up");
    }

    private String measure(ServerProcess server, double perConnection) throws Exception {
        onLoop(ledger::reset);
        long start = System.nanoTime();
        double cpu = server.cpuMicros();
        double ownCpu = new ServerProcess(List.of(ProcessHandle.current().pid())).cpuMicros();
        pause(options.time().toMillis());
        return onLoop(() -> {
            double seconds = (System.nanoTime() - start) / 1e9;
            double used = server.cpuMicros() - cpu;
            double own = new ServerProcess(List.of(ProcessHandle.current().pid())).cpuMicros() - ownCpu;
            return String.format(
                    Locale.ROOT,
                    "{\"messages\":%d,\"receiptsPerSecond\":%.0f,\"deliveriesPerSecond\":%.0f,\"cpuMicrosPerDelivery\":%.3f,"
                            + "\"cores\":%.3f,\"generatorMicrosPerDelivery\":%.3f,\"p50\":%.2f,\"p99\":%.2f,"
                            + "\"p999\":%.2f,\"max\":%.2f,\"kilobytesPerConnection\":%.2f,\"memoryMegabytes\":%d}",
                    ledger.messages(),
                    ledger.receipts() / seconds,
                    ledger.deliveries() / seconds,
                    used / Math.max(1, ledger.deliveries()),
                    used / 1e6 / seconds,
                    own / Math.max(1, ledger.deliveries()),
                    ledger.latencyMillis(50),
                    ledger.latencyMillis(99),
                    ledger.latencyMillis(99.9),
                    ledger.latencyMillis(100),
                    perConnection,
                    server.memoryKilobytes() / 1024);
        });
    }

    private void connect() throws Exception {
        int asked = 0;
        for (int i = 0; i < options.rooms(); i++) {
            Room room = new Room(i, ledger, options.ordered(), i == 0 || options.audience() == 0);
            rooms.add(room);
            for (int j = 0; j < options.members(i); j++) {
                Member member = new Member(room, options.wire(), this);
                room.members.add(member);
                connect(member);
                int enough = ++asked - CONNECTING_AT_A_TIME;
                await(() -> onLoop(() -> opened) > enough, "a handshake");
            }
        }
        await(() -> onLoop(() -> opened) == options.connections(), "the last handshakes");
    }

    /** Spread over the interval, as if they had not come all at once. */
    private void startHeartBeats() {
        int interval = options.heartBeatMillis();
        if (interval > 0) {
            int number = 0;
            for (Room room : rooms) {
                for (Member member : room.members) {
                    long first = (long) interval * number++ / options.connections();
                    var _ = loop.scheduleAtFixedRate(() -> member.send("\n"), first, interval, TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private void connect(Member member) {
        bootstrap
                .clone()
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(member);
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), options.port())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        failed(connected.cause());
                    }
                });
    }

    /** Probes each room until all its members have heard one. */
    private void settle() throws Exception {
        await(
                () -> onLoop(() -> {
                    boolean settled = true;
                    for (Room room : rooms) {
                        if (!room.members.stream().allMatch(Member::live)) {
                            settled = false;
                            room.members.getFirst().send(options.wire().publish(room.number, Probe.TEXT));
                        }
                    }
                    return settled;
                }),
                "all subscriptions");
        pause(1000);
    }

    private void onLoop(Runnable task) throws Exception {
        loop.submit(task).get();
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        return loop.submit(task).get();
    }

    private void await(Callable<Boolean> condition, String what) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            pause(what.startsWith("all") ? 200 : 1);
        }
    }

    private void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException(cause);
        }
    }
}
