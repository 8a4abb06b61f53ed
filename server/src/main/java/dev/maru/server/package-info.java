/** The Maru server: starts everything and says where to find it. */
@NullMarked
package dev.maru.server;

import org.jspecify.annotations.NullMarked;
