package com.example.tutorial;

import dev.maru.testkit.ApplicationProcess;
import java.nio.file.Path;

/** On which broker the tutorial's sources were built. */
enum Broker {
    SPRING,
    MARU;

    ApplicationProcess start() {
        return ApplicationProcess.start(Path.of(System.getProperty("jar.on." + name().toLowerCase())));
    }
}
