package dev.maru.engine.fault;

import java.util.Locale;

/**
 * One row of the table of faults: what a client did wrong, or what could not be done for it. Implemented by enums, so
 * that each part of the product lists its own rows; {@code docs/faults.md} has them all.
 *
 * <p>Immutable; safe for any thread.
 */
public interface Fault {

    /** The number that stands in {@code code} headers and problem documents; never used for anything else. */
    int code();

    /** The HTTP status that says the same. */
    int httpStatus();

    /** The enum constant's name. */
    String name();

    /** The name in {@code message} headers and problem documents, for example {@code text-too-long}. */
    default String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
