/** Runs Maru and its peers one after the other under the same load, and writes the table and the charts. */
@NullMarked
package dev.maru.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
