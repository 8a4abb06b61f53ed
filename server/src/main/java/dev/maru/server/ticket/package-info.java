/** Tickets: who somebody is, for one connection of a client that cannot send a header. */
@NullMarked
package dev.maru.server.ticket;

import org.jspecify.annotations.NullMarked;
