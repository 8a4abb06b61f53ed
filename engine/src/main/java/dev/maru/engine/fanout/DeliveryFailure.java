package dev.maru.engine.fanout;

/** Why a subscription can be served no longer. */
public enum DeliveryFailure {
    /** The client is too slow, and its destination keeps nothing to catch it up from. */
    TOO_SLOW,
    /** The client is too slow, and further behind than it may be caught up. */
    TOO_FAR_BEHIND,
    /** What comes next is no longer kept. */
    HISTORY_LOST,
    /** The log could not be read. */
    HISTORY_UNAVAILABLE
}
