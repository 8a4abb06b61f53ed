/** Maru's transport in front of another STOMP broker: Spring's relay speaks to it, once for each client. */
@NullMarked
package dev.maru.spring.relay;

import org.jspecify.annotations.NullMarked;
