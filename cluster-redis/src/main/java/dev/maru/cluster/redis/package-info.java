/** Nodes that talk through Redis: parcels by publish/subscribe, and what other applications publish and hear there. */
@NullMarked
package dev.maru.cluster.redis;

import org.jspecify.annotations.NullMarked;
