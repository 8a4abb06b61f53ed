/** Conversations other than STOMP: Spring's WebSocket handlers on Maru's transport. */
@NullMarked
package dev.maru.spring.socket;

import org.jspecify.annotations.NullMarked;
