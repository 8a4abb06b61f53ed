package dev.maru.cluster.jms;

import jakarta.jms.ConnectionFactory;

/** A broker in this JVM, at a port that it keeps. */
interface TestBroker extends AutoCloseable {

    void start() throws Exception;

    void stop() throws Exception;

    /** As an application would make it. */
    ConnectionFactory factory();

    /** How many topics there are with names that begin like this. */
    long topics(String prefix) throws Exception;

    @Override
    default void close() throws Exception {
        stop();
    }
}
