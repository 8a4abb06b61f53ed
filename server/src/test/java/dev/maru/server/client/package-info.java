/** STOMP clients that others wrote, against the whole server. */
@NullMarked
package dev.maru.server.client;

import org.jspecify.annotations.NullMarked;
