/** How the application goes down: load balancers hear of it first, then its clients are answered and sent away. */
@NullMarked
package dev.maru.spring.drain;

import org.jspecify.annotations.NullMarked;
