/** Each service of the conformance server, as a suite would use it. */
@NullMarked
package dev.maru.conformance;

import org.jspecify.annotations.NullMarked;
