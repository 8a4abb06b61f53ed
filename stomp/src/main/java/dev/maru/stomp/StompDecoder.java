package dev.maru.stomp;

import static java.util.stream.Collectors.toMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from bytes as they arrive, cut anywhere.
 *
 * <p>Confined to its connection's event loop.
 *
 * <p><b>How it works.</b> The decoder is a machine whose every step reads from the buffer that came:
 *
 * <ul>
 *   <li>{@code BETWEEN} frames a line feed is a heart-beat; so is one after a {@code CARRIAGE_RETURN}. Any other byte
 *       begins a {@code COMMAND}.
 *   <li>A {@code COMMAND} is one line, and each further line is one of the {@code HEADERS} until one is blank.
 *   <li>Then comes a {@code COUNTED_BODY} if there is a {@code content-length} or the command allows no body, else an
 *       {@code OPEN_BODY} that ends at the first NUL. The NUL behind either ends the frame: it is reported, and the
 *       decoder is {@code BETWEEN} frames again before the listener hears of it, so that the listener may call back.
 *   <li>A fault leads from anywhere to {@code CLOSED}, and nothing leads away from there.
 * </ul>
 *
 * <p>Lines and bodies alike are read where they lie: a line is turned into strings at once, and a body becomes a
 * retained slice. Only when a line or a body goes on behind the end of the buffer its beginning is copied to {@code
 * partial}, which the following buffers fill up; headers that were read before the cut stay read, so no byte is
 * looked at twice however finely the input is cut. {@code partial} grows with what really came, not with what a
 * {@code content-length} promises, and the buffer that came is never kept for the sake of a few bytes at its end.
 *
 * <p>The limits hold before anything is kept: a line or a body is only searched as far as the limits allow, and if its
 * end does not lie there, that is the fault, whether or not the end has arrived. What is found therefore never
 * depends on where the input was cut.
 *
 * <p>Where the specifications leave room: a line may end with CR LF in every version, since a frame whose command line
 * does can mean nothing else; in 1.0 and 1.1 a CR before the LF belongs to the header if the command line had none.
 * A body where none is allowed is a fault, but is dropped in 1.0, which asks for that ("SUBSCRIBE") and forbids none.
 */
public final class StompDecoder implements AutoCloseable {
    private static final byte LF = '\n';
    private static final byte CR = '\r';
    private static final byte NUL = 0;

    private static final WordTable<StompCommand> COMMANDS = new WordTable<>(
            Arrays.stream(StompCommand.values()).collect(toMap(StompCommand::name, Function.identity())));

    /** The longest command and a CR. */
    private static final int MAX_COMMAND_LINE = 12;

    private static final StompHeaders NO_HEADERS = new StompHeaders();

    private enum State {
        BETWEEN,
        CARRIAGE_RETURN,
        COMMAND,
        HEADERS,
        COUNTED_BODY,
        OPEN_BODY,
        CLOSED
    }

    private final StompLimits limits;
    private final StompFrameListener listener;
    private final boolean readsClient;

    private StompVersion version = StompVersion.V1_2;
    private State state = State.BETWEEN;
    private @Nullable ByteBuf partial;

    private StompVersion frameVersion = version;
    private StompCommand command = StompCommand.CONNECT;
    private StompHeaders headers = NO_HEADERS;
    private boolean crEndsLines;
    private int frameBytes;
    private int bodyLength;

    /**
     * A decoder for what a client sends that reports to this listener and speaks {@link StompVersion#V1_2} until told
     * otherwise.
     */
    public StompDecoder(StompLimits limits, StompFrameListener listener) {
        this(limits, listener, true);
    }

    private StompDecoder(StompLimits limits, StompFrameListener listener, boolean readsClient) {
        this.limits = limits;
        this.listener = listener;
        this.readsClient = readsClient;
    }

    /** A decoder for the other direction: what a server sends. */
    public static StompDecoder forServerFrames(StompLimits limits, StompFrameListener listener) {
        return new StompDecoder(limits, listener, false);
    }

    /**
     * The version agreed on by CONNECT; it decides how headers are unescaped from the next frame on. May be called
     * from within {@link StompFrameListener#onFrame}.
     */
    public void version(StompVersion version) {
        this.version = version;
    }

    /**
     * Reads all of these bytes. The decoder owns the buffer from here on and releases it. If the listener throws, the
     * decoder closes, since the rest of the buffer is lost, and the exception goes on to the caller.
     */
    public void decode(ByteBuf bytes) {
        boolean ended = false;
        try {
            readAll(bytes);
            ended = true;
        } finally {
            bytes.release();
            if (!ended) {
                close();
            }
        }
    }

    /** Drops what was kept of an unfinished frame and ignores all further input. Idempotent. */
    @Override
    public void close() {
        state = State.CLOSED;
        headers = NO_HEADERS;
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void readAll(ByteBuf bytes) {
        try {
            while (bytes.isReadable() && state != State.CLOSED) {
                read(bytes);
            }
        } catch (FrameFaultException found) {
            @Nullable String receipt = headers.get("receipt");
            close();
            listener.onFault(found.fault(), found.detail(), receipt);
        }
    }

    private void read(ByteBuf bytes) {
        switch (state) {
            case BETWEEN -> readBetween(bytes);
            case CARRIAGE_RETURN -> readLineFeed(bytes);
            case COMMAND -> readLine(bytes, MAX_COMMAND_LINE);
            case HEADERS -> readLine(bytes, limits.maxHeaderLineBytes());
            case COUNTED_BODY -> readCountedBody(bytes);
            case OPEN_BODY -> readOpenBody(bytes);
            case CLOSED -> bytes.skipBytes(bytes.readableBytes());
        }
    }

    private void readBetween(ByteBuf bytes) {
        switch (bytes.getByte(bytes.readerIndex())) {
            case LF -> readLineFeed(bytes);
            case CR -> {
                bytes.skipBytes(1);
                state = State.CARRIAGE_RETURN;
            }
            default -> {
                frameBytes = 0;
                state = State.COMMAND;
            }
        }
    }

    private void readLineFeed(ByteBuf bytes) {
        if (bytes.readByte() != LF) {
            throw fault(StompFault.MALFORMED_FRAME, "a carriage return without a line feed between frames");
        }
        state = State.BETWEEN;
        listener.onHeartBeat();
    }

    private void readLine(ByteBuf bytes, int maxLineBytes) {
        int most = Math.min(maxLineBytes, leftInFrame());
        int from = bytes.readerIndex();
        int end = find(LF, bytes, most);
        if (bytes.indexOf(from, end < 0 ? endOfSearch(bytes, most) : end, NUL) >= 0) {
            throw fault(StompFault.MALFORMED_FRAME, "a NUL before the end of the headers");
        }
        if (end < 0) {
            keepUnlessTooLong(bytes, most);
        } else if (partial == null) {
            bytes.readerIndex(end + 1);
            onLine(bytes, from, end);
        } else {
            onLineInPieces(bytes, end - from, most);
        }
    }

    private void onLineInPieces(ByteBuf bytes, int rest, int most) {
        keep(bytes, rest, most);
        bytes.skipBytes(1);
        ByteBuf line = takePartial();
        try {
            onLine(line, line.readerIndex(), line.writerIndex());
        } finally {
            line.release();
        }
    }

    private void onLine(ByteBuf bytes, int from, int to) {
        frameBytes += to - from + 1;
        boolean cr = to > from && bytes.getByte(to - 1) == CR;
        if (state == State.COMMAND) {
            onCommandLine(COMMANDS.find(bytes, from, cr ? to - 1 : to), cr);
        } else {
            onHeaderLine(bytes, from, cr && crEndsLines ? to - 1 : to);
        }
    }

    private void onCommandLine(@Nullable StompCommand found, boolean cr) {
        if (found == null || found.fromClient() != readsClient) {
            throw unknownCommand();
        }
        command = found;
        frameVersion = version;
        crEndsLines = cr || version == StompVersion.V1_2;
        headers = new StompHeaders();
        state = State.HEADERS;
    }

    private void onHeaderLine(ByteBuf bytes, int from, int to) {
        if (from == to) {
            onEndOfHeaders();
        } else if (headers.size() == limits.maxHeaders()) {
            throw fault(StompFault.TOO_MANY_HEADERS, "more than " + limits.maxHeaders() + " headers");
        } else {
            HeaderLine.read(bytes, from, to, HeaderEscaping.of(frameVersion, command), headers);
        }
    }

    private void onEndOfHeaders() {
        int counted = ContentLength.of(headers, frameVersion);
        bodyLength = Math.max(counted, 0);
        if (bodyLength > leftInFrame()) {
            throw frameTooLarge();
        }
        if (bodyLength > 0 && !mayHaveBody()) {
            throw bodyNotAllowed();
        }
        state = counted == ContentLength.ABSENT && mayHaveBody() ? State.OPEN_BODY : State.COUNTED_BODY;
    }

    private void readCountedBody(ByteBuf bytes) {
        int rest = bodyLength - kept();
        if (rest >= bytes.readableBytes()) {
            keep(bytes, bytes.readableBytes(), bodyLength);
        } else if (bytes.getByte(bytes.readerIndex() + rest) == NUL) {
            report(takeBody(bytes, rest, bodyLength));
        } else {
            throw mayHaveBody()
                    ? fault(StompFault.BAD_CONTENT_LENGTH, "no NUL after as many bytes as content-length says")
                    : bodyNotAllowed();
        }
    }

    private void readOpenBody(ByteBuf bytes) {
        int most = leftInFrame();
        int end = find(NUL, bytes, most);
        if (end < 0) {
            keepUnlessTooLong(bytes, most);
        } else {
            report(takeBody(bytes, end - bytes.readerIndex(), most));
        }
    }

    /** What was kept of the body and this rest of it; skips the NUL behind it. */
    private ByteBuf takeBody(ByteBuf bytes, int rest, int most) {
        ByteBuf body;
        if (partial != null) {
            keep(bytes, rest, most);
            body = takePartial();
        } else {
            body = rest == 0 ? Unpooled.EMPTY_BUFFER : bytes.readRetainedSlice(rest);
        }
        bytes.skipBytes(1);
        return body;
    }

    private void report(ByteBuf body) {
        StompHeaders all = headers;
        headers = NO_HEADERS;
        state = State.BETWEEN;
        if (command.allowsBody() || !body.isReadable()) {
            listener.onFrame(new StompFrame(command, all, body));
        } else {
            body.release();
            listener.onFrame(new StompFrame(command, all, Unpooled.EMPTY_BUFFER));
        }
    }

    /** Whether a body is no fault, whether or not it is reported. */
    private boolean mayHaveBody() {
        return command.allowsBody() || frameVersion == StompVersion.V1_0;
    }

    /** How many bytes a line or a body may still have, its end not counted. */
    private int leftInFrame() {
        return limits.maxFrameBytes() - frameBytes - 1;
    }

    private int kept() {
        return partial == null ? 0 : partial.readableBytes();
    }

    /** Where in the buffer the end is that comes after at most so many bytes, kept ones included; -1 if nowhere. */
    private int find(byte end, ByteBuf bytes, int most) {
        return bytes.indexOf(bytes.readerIndex(), endOfSearch(bytes, most), end);
    }

    private int endOfSearch(ByteBuf bytes, int most) {
        return bytes.readerIndex() + Math.min(bytes.readableBytes(), most - kept() + 1);
    }

    private void keepUnlessTooLong(ByteBuf bytes, int most) {
        if (bytes.readableBytes() > most - kept()) {
            throw tooLong(most);
        }
        keep(bytes, bytes.readableBytes(), most);
    }

    private void keep(ByteBuf bytes, int length, int most) {
        if (partial == null) {
            partial = bytes.alloc().buffer(length, most);
        }
        partial.writeBytes(bytes, length);
    }

    private ByteBuf takePartial() {
        ByteBuf taken = partial == null ? Unpooled.EMPTY_BUFFER : partial;
        partial = null;
        return taken;
    }

    private FrameFaultException tooLong(int most) {
        if (most == leftInFrame()) {
            return frameTooLarge();
        }
        return state == State.COMMAND
                ? unknownCommand()
                : fault(StompFault.HEADER_LINE_TOO_LONG, "a header line of more than " + most + " bytes");
    }

    private FrameFaultException frameTooLarge() {
        return fault(StompFault.FRAME_TOO_LARGE, "a frame of more than " + limits.maxFrameBytes() + " bytes");
    }

    private FrameFaultException unknownCommand() {
        return fault(StompFault.UNKNOWN_COMMAND, "no command of a STOMP " + (readsClient ? "client" : "server"));
    }

    private FrameFaultException bodyNotAllowed() {
        return fault(StompFault.BODY_NOT_ALLOWED, "a body in a frame of a command that allows none");
    }

    private static FrameFaultException fault(StompFault fault, String detail) {
        return new FrameFaultException(fault, detail);
    }
}
