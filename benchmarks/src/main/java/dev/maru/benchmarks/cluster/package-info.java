/** What a broker between two nodes costs: latency, messages a second, CPU on both sides. */
@NullMarked
package dev.maru.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
