/** Clients and servers for tests that go over real sockets. */
@NullMarked
package dev.maru.server.support;

import org.jspecify.annotations.NullMarked;
