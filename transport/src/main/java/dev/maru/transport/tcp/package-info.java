/** STOMP over plain TCP, with TLS or without: a server, its connections and the form of their frames. */
@NullMarked
package dev.maru.transport.tcp;

import org.jspecify.annotations.NullMarked;
