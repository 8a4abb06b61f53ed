package dev.maru.spring.socket;

/** What the application does at one endpoint. Called on virtual threads, for many clients at once. */
@FunctionalInterface
public interface SocketApplication {

    /** A client has come. What this throws ends the connection with 1011. */
    SocketListener open(SocketSession session) throws Exception;
}
