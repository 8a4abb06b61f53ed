/** Classes with {@code jakarta.websocket}'s {@code @ServerEndpoint} on Maru's transport. */
@NullMarked
package dev.maru.spring.annotated;

import org.jspecify.annotations.NullMarked;
