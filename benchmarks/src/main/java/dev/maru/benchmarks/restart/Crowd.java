package dev.maru.benchmarks.restart;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.maru.benchmarks.restart.Transcript.Faults;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All people, and when they went and came back. They write by the clock, each in turn, whether they are connected or not.
 *
 * <p>Confined to its event loop.
 */
final class Crowd {
    private static final int CONNECT_TIMEOUT_MILLIS = 8_000;
    private static final int ANSWER_SIZE = 8 * 1024;
    private static final int FIRST_PAUSE_MILLIS = 3;

    private final Options options;
    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final WebSocketClientProtocolConfig handshake;
    private final List<Transcript> transcripts;
    private final List<Person> people;
    private final List<Person> readers = new ArrayList<>();
    private long startNanos;
    private Outage outage = new Outage();
    private long written;
    private long refusals;
    private boolean silent;

    Crowd(Options options, EventLoop loop) {
        this.options = options;
        this.loop = loop;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
        this.handshake = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(URI.create("ws://localhost:" + options.port() + "/ws"))
                .version(WebSocketVersion.V13)
                .subprotocol("v12.stomp")
                .handleCloseFrames(false)
                .handshakeTimeoutMillis(CONNECT_TIMEOUT_MILLIS)
                .build();
        this.transcripts =
                Stream.generate(Transcript::new).limit(options.rooms()).toList();
        this.people =
                IntStream.range(0, options.people()).mapToObj(this::person).toList();
    }

    private Person person(int number) {
        int room = number % options.rooms();
        return new Person("p" + number, "room-" + room, transcripts.get(room), this, null);
    }

    EventLoop loop() {
        return loop;
    }

    /** All come, one after the other. */
    void come() {
        for (int i = 0; i < people.size(); i++) {
            var _ = loop.schedule(people.get(i)::connect, (long) i * FIRST_PAUSE_MILLIS, MILLISECONDS);
        }
    }

    void talk() {
        if (silent) {
            return;
        }
        if (written == 0) {
            startNanos = System.nanoTime();
        }
        double gap = 1e9 / options.rate();
        long due = startNanos + (long) (written * gap);
        while (due <= System.nanoTime()) {
            people.get((int) (written++ % people.size())).talk();
            due = startNanos + (long) (written * gap);
        }
        var _ = loop.schedule(this::talk, due - System.nanoTime(), NANOSECONDS);
    }

    void beSilent() {
        silent = true;
    }

    /** The server is about to end. */
    Outage expectOutage() {
        outage = new Outage();
        return outage;
    }

    long away() {
        return people.stream().filter(person -> !person.isThere()).count();
    }

    boolean haveAll() {
        return Stream.concat(people.stream(), readers.stream()).allMatch(Person::hasAll);
    }

    /** Somebody new in each room reads all that is stored. */
    void readAll() {
        for (int i = 0; i < options.rooms(); i++) {
            String beginning = people.get(i).beginning();
            readers.add(new Person("reader" + i, "room-" + i, transcripts.get(i), this, beginning));
        }
        readers.forEach(Person::connect);
    }

    /** What is wrong, when all have left. */
    Faults leave() {
        people.forEach(Person::leave);
        readers.forEach(Person::leave);
        return faults();
    }

    Faults faults() {
        return transcripts.stream().map(Transcript::faults).reduce(new Faults(0, 0, 0), Faults::plus);
    }

    long written() {
        return written;
    }

    long refusals() {
        return refusals;
    }

    void connect(Person person) {
        bootstrap
                .clone()
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(ANSWER_SIZE))
                                .addLast(new WebSocketClientProtocolHandler(handshake))
                                .addLast(new Link(person, channel));
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), options.port())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        person.lost(Link.NO_HINT);
                    }
                });
    }

    void wentAway(long now) {
        outage.began(now);
    }

    void answered() {
        outage.answered(System.nanoTime());
    }

    void cameBack(Blackout blackout) {
        outage.cameBack(blackout);
    }

    void refused() {
        refusals++;
    }

    void surprised(Throwable cause) {
        System.err.println("not expected: " + cause);
    }
}
