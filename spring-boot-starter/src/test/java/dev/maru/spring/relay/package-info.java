/** Tests against other brokers, real ones. */
@NullMarked
package dev.maru.spring.relay;

import org.jspecify.annotations.NullMarked;
