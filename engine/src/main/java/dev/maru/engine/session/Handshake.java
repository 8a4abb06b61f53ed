package dev.maru.engine.session;

import java.net.SocketAddress;
import java.util.Map;

/**
 * How a connection began.
 *
 * @param path the path that was asked for, without the query
 * @param headers of the HTTP request, names in lower case, the first value of each; empty for plain TCP
 * @param remoteAddress the client's address
 * @param transport the kind of connection, for example {@code websocket}
 */
public record Handshake(String path, Map<String, String> headers, SocketAddress remoteAddress, String transport) {}
