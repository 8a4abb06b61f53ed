package dev.maru.benchmarks.micro;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.destination.DestinationKind;
import dev.maru.engine.destination.OverflowPolicy;
import dev.maru.engine.fanout.AckMode;
import dev.maru.engine.fanout.FanOut;
import dev.maru.engine.fanout.Loop;
import dev.maru.engine.fanout.Subscription;
import dev.maru.engine.fanout.SubscriptionTerms;
import dev.maru.engine.message.MessageContent;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a message to a room of ten costs where there are that many rooms, without sockets; and what it costs to join a
 * room that many are in.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FanOutBenchmark {
    private static final int MEMBERS = 10;

    @Param({"10", "1000", "100000"})
    public int rooms;

    private final FanOut fanOut = new FanOut(destination -> OverflowPolicy.DISCONNECT, Cluster.alone());
    private final MessageContent content = MessageContent.bytes(new byte[200]);
    private final Sink sink = new Sink();
    private Loop loop = fanOut.loop(ImmediateEventExecutor.INSTANCE);
    private String[] names = {};
    private int next;

    /** Fills the rooms. */
    @Setup
    public void subscribe() {
        loop = fanOut.loop(ImmediateEventExecutor.INSTANCE);
        names = new String[rooms];
        for (int i = 0; i < rooms; i++) {
            names[i] = "/topic/room-" + i;
            for (int member = 0; member < MEMBERS; member++) {
                join(names[i]);
            }
        }
    }

    @Benchmark
    public void publish() {
        next = (next + 7) % rooms;
        fanOut.broadcast(names[next], content);
    }

    @Benchmark
    public void joinAndLeave() {
        next = (next + 7) % rooms;
        join(names[next]).cancel();
    }

    private Subscription join(String name) {
        var terms = new SubscriptionTerms("0", name, AckMode.AUTO, 1);
        var subscription = loop.subscribe(sink, terms, new DestinationKind(name, null, null, null));
        subscription.whenReady((head, error) -> subscription.start(0));
        return subscription;
    }
}
