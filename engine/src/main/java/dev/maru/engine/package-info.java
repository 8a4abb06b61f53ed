/** The engine: sessions, subscriptions, fan-out, history and presence, without Spring, SQL or sockets. */
@NullMarked
package dev.maru.engine;

import org.jspecify.annotations.NullMarked;
