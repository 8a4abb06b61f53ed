/** A server for public conformance suites: the services that they expect, on the transport of the product. */
@NullMarked
package dev.maru.conformance;

import org.jspecify.annotations.NullMarked;
