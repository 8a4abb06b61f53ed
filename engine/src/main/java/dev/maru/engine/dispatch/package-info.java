/** From the queues to their consumers: in turn, and each message to one of them at a time. */
@NullMarked
package dev.maru.engine.dispatch;

import org.jspecify.annotations.NullMarked;
