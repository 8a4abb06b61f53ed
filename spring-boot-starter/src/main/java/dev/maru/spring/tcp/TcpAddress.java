package dev.maru.spring.tcp;

import java.net.InetSocketAddress;

/** Has the last word on where STOMP over TCP listens; a bean of the application. Asked once, at the start. */
@FunctionalInterface
public interface TcpAddress {

    /** Where to listen, given what the properties say. */
    InetSocketAddress choose(InetSocketAddress configured);
}
