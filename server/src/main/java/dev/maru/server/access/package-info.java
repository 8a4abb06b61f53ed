/** Who gets in: addresses to listen on, hosts and origins that are let through, destinations that may be used. */
@NullMarked
package dev.maru.server.access;

import org.jspecify.annotations.NullMarked;
