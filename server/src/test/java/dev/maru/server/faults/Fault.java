package dev.maru.server.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What is done to a server and its network. Immutable. */
enum Fault {
    /** The process is killed, as by a power failure, and started again. */
    KILL {
        @Override
        void happen(Scene scene, Random random) {
            scene.server().kill();
            scene.startAgain();
        }
    },
    /** The process is asked to end, and started again. */
    TERMINATE {
        @Override
        void happen(Scene scene, Random random) {
            scene.server().terminate();
            scene.server().exitCode();
            scene.startAgain();
        }
    },
    /** The process stands still. */
    STOP {
        @Override
        void happen(Scene scene, Random random) {
            scene.server().signal("STOP");
            Scene.pause(random, 300, 2_500);
            scene.server().signal("CONT");
        }
    },
    /** Connections are reset, in the middle of anything. */
    CUT {
        @Override
        void happen(Scene scene, Random random) {
            for (int i = 0; i < 3; i++) {
                scene.network().cut(random, random.nextDouble());
                Scene.pause(random, 50, 400);
            }
        }
    },
    /** Nothing goes through, and then some connections are gone. */
    SILENCE {
        @Override
        void happen(Scene scene, Random random) {
            scene.network().hold();
            Scene.pause(random, 300, 2_000);
            scene.network().cut(random, 0.5);
            scene.network().letGo();
        }
    },
    /** Nothing more can be written to any file. */
    FULL_DISK {
        @Override
        void happen(Scene scene, Random random) {
            scene.server().largestFile("4096");
            Scene.pause(random, 300, 2_500);
            scene.server().largestFile("unlimited");
        }
    },
    /** Nothing can be stored for a while, and all else goes on. */
    SLOW_DISK {
        @Override
        void happen(Scene scene, Random random) {
            scene.occupyStore(() -> Scene.pause(random, 300, 2_500));
        }
    },
    /** The process stands still and moves again, many times. */
    STUTTER {
        @Override
        void happen(Scene scene, Random random) {
            for (int i = 0; i < 15; i++) {
                scene.server().signal("STOP");
                Scene.pause(random, 10, 80);
                scene.server().signal("CONT");
                Scene.pause(random, 5, 40);
            }
        }
    };

    abstract void happen(Scene scene, Random random);

    /** So many faults: each kind before any comes again, in an order that the seed says. */
    static List<Fault> plan(Random random, int faults) {
        List<Fault> plan = new ArrayList<>();
        while (plan.size() < faults) {
            List<Fault> all = new ArrayList<>(List.of(values()));
            Collections.shuffle(all, random);
            plan.addAll(all);
        }
        return List.copyOf(plan.subList(0, faults));
    }
}
