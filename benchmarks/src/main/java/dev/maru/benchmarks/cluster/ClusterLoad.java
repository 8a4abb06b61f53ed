package dev.maru.benchmarks.cluster;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What many nodes and people load a broker and a database with, on paper: counted from how nodes talk to each other, not
 * measured.
 *
 * <p>Confined to the main thread.
 *
 * @param people who are connected
 * @param messages that each of them sends in an hour
 * @param rooms that each of them is in
 * @param visits how often each of them comes in a day
 * @param partitions of the cluster
 */
record ClusterLoad(double people, double messages, double rooms, double visits, double partitions) {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final double COMPARED_AT_ONCE = 500;
    private static final double COMPARE_SECONDS = 30;
    private static final double PARCEL_BYTES = 400;
    private static final double HEAD_BYTES = 60;

    /** Words: {@code people=10000000 messages=6 rooms=5 visits=3 nodes=10,100,1000}. */
    public static void main(String[] words) {
        Map<String, String> given = new HashMap<>();
        Arrays.stream(words).map(word -> word.split("=", 2)).forEach(pair -> given.put(pair[0], pair[1]));
        ClusterLoad load = new ClusterLoad(
                number(given, "people", "10000000"),
                number(given, "messages", "6"),
                number(given, "rooms", "5"),
                number(given, "visits", "3"),
                number(given, "partitions", "256"));
        System.out.println(
                "| nodes | people on each | messages/s | parcels/s to the broker | parcels/s from it | MB/s from it"
                        + " | to each node/s | rows/s stored | presence writes/s | heads compared, queries/s |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (String nodes : given.getOrDefault("nodes", "10,100,1000").split(",", -1)) {
            load.print(Double.parseDouble(nodes));
        }
    }

    private void print(double nodes) {
        double stored = people * messages / HOUR;
        double told = stored + nodes;
        double heard = stored * listeners(nodes) + nodes * nodes;
        double bytes = stored * listeners(nodes) * PARCEL_BYTES + stored * HEAD_BYTES * nodes;
        double presence = 2 * people * rooms * visits / DAY;
        double compared = people * rooms / COMPARED_AT_ONCE / COMPARE_SECONDS;
        System.out.printf(
                Locale.ROOT,
                "| %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f |%n",
                nodes,
                people / nodes,
                stored,
                told,
                heard,
                bytes / 1e6,
                heard / nodes,
                2 * stored,
                presence,
                compared);
    }

    /** How many nodes listen to a partition: nearly all, as soon as each has people in more rooms than there are partitions. */
    private double listeners(double nodes) {
        return nodes * (1 - Math.pow(1 - 1 / partitions, people / nodes * rooms));
    }

    private static double number(Map<String, String> given, String name, String otherwise) {
        return Double.parseDouble(given.getOrDefault(name, otherwise));
    }
}
