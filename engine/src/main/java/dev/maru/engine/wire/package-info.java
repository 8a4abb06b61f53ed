/** What leaves for clients, and how a transport turns it into bytes. */
@NullMarked
package dev.maru.engine.wire;

import org.jspecify.annotations.NullMarked;
