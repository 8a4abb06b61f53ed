/** What an application says to its clients where it does not speak STOMP: whole messages, in both directions. */
@NullMarked
package dev.maru.transport.conversation;

import org.jspecify.annotations.NullMarked;
