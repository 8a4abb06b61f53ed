package dev.maru.engine.history;

/**
 * Where a destination's history ends and how far back it reaches.
 *
 * @param position of the newest message; {@code <epoch>-0} if there never was one
 * @param oldest the offset of the oldest message that is still kept; one more than the head's if none is
 */
public record LogHead(StreamPosition position, long oldest) {}
