package dev.maru.stomp;

/**
 * What bounds the memory that one connection's decoder can take. The command line needs no limit of its own: it is
 * given up as soon as it is longer than the longest command.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param maxFrameBytes the longest frame, from its command to its NUL, in bytes
 * @param maxHeaders the most headers in a frame, repeated ones included
 * @param maxHeaderLineBytes the longest header line, in bytes, up to its line feed
 */
public record StompLimits(int maxFrameBytes, int maxHeaders, int maxHeaderLineBytes) {

    /** 256 KiB for a frame, 64 headers, 8 KiB for a header line. */
    public static final StompLimits DEFAULT = new StompLimits(256 * 1024, 64, 8 * 1024);

    public StompLimits {
        if (maxFrameBytes < 1 || maxHeaders < 1 || maxHeaderLineBytes < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive: " + maxFrameBytes + ", " + maxHeaders + ", " + maxHeaderLineBytes);
        }
    }
}
