/** A server of its own for those who have none. */
@NullMarked
package dev.maru.transport.server;

import org.jspecify.annotations.NullMarked;
