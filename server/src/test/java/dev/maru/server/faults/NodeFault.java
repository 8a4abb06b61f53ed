package dev.maru.server.faults;

import dev.maru.server.support.ServerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What is done to nodes, to what is between them, and to their network. Immutable. */
enum NodeFault {
    /** A node is killed, as by a power failure, and another comes in its place. */
    KILL_NODE {
        @Override
        void happen(Nodes nodes, Random random) {
            ServerProcess node = nodes.any(random);
            nodes.replace(node, node::kill);
        }
    },
    /** A node stands still for longer than it may be silent, and comes back with old state. */
    STOP_NODE {
        @Override
        void happen(Nodes nodes, Random random) {
            ServerProcess node = nodes.any(random);
            node.signal("STOP");
            Scene.pause(random, 4_000, 7_000);
            node.signal("CONT");
        }
    },
    /** One node after the other is asked to end, and another comes in its place. */
    ROLLING_RESTART {
        @Override
        void happen(Nodes nodes, Random random) {
            for (ServerProcess node : List.copyOf(nodes.servers())) {
                nodes.replace(node, node::terminate);
            }
        }
    },
    /** The broker between the nodes dies, and is started again. */
    KILL_BROKER {
        @Override
        void happen(Nodes nodes, Random random) throws IOException {
            nodes.broker().kill();
            Scene.pause(random, 1_000, 4_000);
            nodes.broker().restart();
        }
    },
    /** The broker stands still. */
    STOP_BROKER {
        @Override
        void happen(Nodes nodes, Random random) throws IOException, InterruptedException {
            nodes.broker().signal("STOP");
            Scene.pause(random, 1_000, 6_000);
            nodes.broker().signal("CONT");
        }
    },
    /** A node and the broker do not hear of each other, and then some of their connections are gone. */
    NO_WAY_TO_BROKER {
        @Override
        void happen(Nodes nodes, Random random) {
            silence(nodes.anyToBroker(random), random, 7_000);
        }
    },
    /** A node and the database do not hear of each other, and then some of their connections are gone. */
    NO_WAY_TO_DATABASE {
        @Override
        void happen(Nodes nodes, Random random) {
            silence(nodes.anyToDatabase(random), random, 4_000);
        }
    },
    /** A node's connections to the database are reset, in the middle of anything. */
    CUT_FROM_DATABASE {
        @Override
        void happen(Nodes nodes, Random random) {
            nodes.anyToDatabase(random).cut(random, 1);
        }
    },
    /** Connections are reset, in the middle of anything, and their clients come to any node. */
    CUT {
        @Override
        void happen(Nodes nodes, Random random) {
            for (int i = 0; i < 3; i++) {
                nodes.network().cut(random, random.nextDouble());
                Scene.pause(random, 50, 400);
            }
        }
    };

    abstract void happen(Nodes nodes, Random random) throws IOException, InterruptedException;

    private static void silence(FaultyNetwork network, Random random, int mostMillis) {
        network.hold();
        Scene.pause(random, 500, mostMillis);
        network.cut(random, 0.5);
        network.letGo();
    }

    /** So many faults: each kind before any comes again, in an order that the seed says. */
    static List<NodeFault> plan(Random random, int faults) {
        List<NodeFault> plan = new ArrayList<>();
        while (plan.size() < faults) {
            List<NodeFault> all = new ArrayList<>(List.of(values()));
            Collections.shuffle(all, random);
            plan.addAll(all);
        }
        return List.copyOf(plan.subList(0, faults));
    }
}
