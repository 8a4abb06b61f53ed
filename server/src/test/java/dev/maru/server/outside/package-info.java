/** Applications that are no nodes, at the broker between real servers. */
@NullMarked
package dev.maru.server.outside;

import org.jspecify.annotations.NullMarked;
