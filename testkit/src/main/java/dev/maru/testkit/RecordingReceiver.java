package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maru.engine.cluster.ClusterReceiver;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was told, in the order of the telling: parcels as text, and the marks. Safe for any thread. */
public final class RecordingReceiver implements ClusterReceiver {
    public static final String CONNECTED = "connected";
    public static final String DISCONNECTED = "disconnected";

    private final List<String> told = new ArrayList<>();

    @Override
    public void onParcel(int partition, byte[] parcel) {
        add(new String(parcel, UTF_8));
    }

    @Override
    public void onConnected() {
        add(CONNECTED);
    }

    @Override
    public void onDisconnected(Throwable cause) {
        add(DISCONNECTED);
    }

    /** A copy of all. */
    public synchronized List<String> told() {
        return List.copyOf(told);
    }

    /** How often this was told. */
    public synchronized long count(String what) {
        return told.stream().filter(what::equals).count();
    }

    private synchronized void add(String what) {
        told.add(what);
    }
}
