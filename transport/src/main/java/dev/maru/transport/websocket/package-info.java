/** WebSocket connections (RFC 6455): frames, close handshakes, and STOMP inside them. */
@NullMarked
package dev.maru.transport.websocket;

import org.jspecify.annotations.NullMarked;
