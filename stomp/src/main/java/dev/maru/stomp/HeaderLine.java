package dev.maru.stomp;

import static java.util.stream.Collectors.toMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one header line, {@code name:value}. The first colon parts them; further ones belong to the value, although
 * STOMP 1.2 wants them escaped, because widespread clients never escape anything. Nothing is trimmed.
 *
 * <p>Stateless; safe for any thread.
 */
final class HeaderLine {

    /** Names that are not made anew for each frame. */
    private static final WordTable<String> WELL_KNOWN = new WordTable<>(Stream.of(
                    "accept-version",
                    "ack",
                    "Authorization",
                    "code",
                    "content-length",
                    "content-type",
                    "destination",
                    "head",
                    "heart-beat",
                    "host",
                    "id",
                    "last",
                    "login",
                    "message",
                    "message-id",
                    "passcode",
                    "position",
                    "receipt",
                    "receipt-id",
                    "recovered",
                    "selector",
                    "server",
                    "session",
                    "since",
                    "subscription",
                    "transaction",
                    "user-name",
                    "version")
            .collect(toMap(Function.identity(), Function.identity())));

    /** What {@code String} puts in the place of bytes that are not UTF-8. */
    private static final char UNREADABLE = '\uFFFD';

    private HeaderLine() {}

    /** Adds the header that lies between the two indexes, without its end of line, to the others. */
    static void read(ByteBuf bytes, int from, int to, HeaderEscaping escaping, StompHeaders headers) {
        int colon = bytes.indexOf(from, to, (byte) ':');
        if (colon <= from) {
            throw malformed(colon < 0 ? "a header line without a colon" : "a header without a name");
        }
        @Nullable String known = WELL_KNOWN.find(bytes, from, colon);
        String name = known != null ? known : escaping.unescape(text(bytes, from, colon));
        headers.add(name, escaping.unescape(text(bytes, colon + 1, to)));
    }

    private static String text(ByteBuf bytes, int from, int to) {
        String text = bytes.toString(from, to - from, StandardCharsets.UTF_8);
        // The mark may also have been sent as such, so it only says that the bytes are worth a second look.
        if (text.indexOf(UNREADABLE) >= 0 && !ByteBufUtil.isText(bytes, from, to - from, StandardCharsets.UTF_8)) {
            throw malformed("a header that is not UTF-8");
        }
        return text;
    }

    private static FrameFaultException malformed(String detail) {
        return new FrameFaultException(StompFault.MALFORMED_FRAME, detail);
    }
}
