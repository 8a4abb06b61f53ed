/** The parts of a message's way by themselves, measured with JMH. */
@NullMarked
package dev.maru.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
