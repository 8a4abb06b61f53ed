/** Adds the chat to a Spring Boot application. */
@NullMarked
package dev.maru.chat.autoconfigure;

import org.jspecify.annotations.NullMarked;
