package dev.maru.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processes of the measured server, as the kernel accounts for them ({@code proc(5)}).
 *
 * <p>Immutable; safe for any thread.
 */
record ServerProcess(List<Long> pids) {
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final double TICKS_PER_SECOND = 100;

    /** User and system time so far, of all threads, in microseconds. */
    double cpuMicros() {
        return pids.stream().mapToDouble(ServerProcess::cpuMicros).sum();
    }

    /** Memory that is the process's own: its proportional set size in kB. */
    long memoryKilobytes() {
        return pids.stream().mapToLong(ServerProcess::memoryKilobytes).sum();
    }

    private static double cpuMicros(long pid) {
        String stat = read(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * 1e6 / TICKS_PER_SECOND;
    }

    private static long memoryKilobytes(long pid) {
        return read(Path.of("/proc/" + pid + "/smaps_rollup"))
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
