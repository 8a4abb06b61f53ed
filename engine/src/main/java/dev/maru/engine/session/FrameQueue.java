package dev.maru.engine.session;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFrame;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one session in the order they came: handed over strictly one after the other, and answered in the same
 * order however long each takes.
 *
 * <p>SEND, ACK and NACK are handed over as soon as such a frame before was <em>handled</em> (its handler returned),
 * though that one may still wait for the disk; so one client can have many messages in one commit. Every other frame
 * waits until all before it are <em>answered</em>, and what follows waits for its answer; so a SEND right behind a
 * SUBSCRIBE reaches the new subscription, and nothing comes between the frames of a COMMIT.
 *
 * <p>Confined to its session's event loop.
 */
final class FrameQueue {
    private final BiConsumer<StompFrame, Answer> handler;
    private final Consumer<Answer> writer;
    private final Queue<StompFrame> waiting = new ArrayDeque<>(4);
    private final ArrayDeque<Answer> unanswered = new ArrayDeque<>(4);
    private boolean handingOver;
    private boolean writing;
    private boolean lastWasQuick;
    private boolean quickInHand;
    private boolean stopped;

    /**
     * @param handler handles a frame; calls {@link #handled} for each SEND, ACK and NACK, and {@link #end} for each
     *     answer
     * @param writer writes an answer that has ended and whose turn has come
     */
    FrameQueue(BiConsumer<StompFrame, Answer> handler, Consumer<Answer> writer) {
        this.handler = handler;
        this.writer = writer;
    }

    /** How many frames have not been answered. */
    int size() {
        return waiting.size() + unanswered.size();
    }

    /** Takes a frame and owns it. */
    void add(StompFrame frame) {
        if (stopped) {
            frame.close();
        } else {
            waiting.add(frame);
            handOver();
        }
    }

    /** Puts an ended answer in line that belongs to no frame, and takes no frames behind it. */
    void addLast(Answer answer) {
        if (!stopped) {
            stop();
            unanswered.add(answer);
            writeAnswers();
        }
    }

    /** Takes no more frames and drops those that wait. */
    void stop() {
        stopped = true;
        waiting.forEach(StompFrame::close);
        waiting.clear();
    }

    /** The handler of the last SEND, ACK or NACK has returned. */
    void handled() {
        quickInHand = false;
        handOver();
    }

    /** Ends an answer; it is written when its turn comes. */
    void end(Answer answer, Answer.Outcome outcome) {
        answer.end(outcome);
        writeAnswers();
        handOver();
    }

    private void handOver() {
        if (handingOver) {
            return;
        }
        handingOver = true;
        try {
            while (mayHandOver(waiting.peek())) {
                handOver(waiting.remove());
            }
        } finally {
            handingOver = false;
        }
    }

    private boolean mayHandOver(@Nullable StompFrame next) {
        return next != null && !quickInHand && (unanswered.isEmpty() || (lastWasQuick && isQuick(next.command())));
    }

    private void handOver(StompFrame frame) {
        Answer answer = new Answer(frame.headers().get("receipt"));
        unanswered.add(answer);
        lastWasQuick = isQuick(frame.command());
        quickInHand = lastWasQuick;
        try (frame) {
            handler.accept(frame, answer);
        }
    }

    private static boolean isQuick(StompCommand command) {
        return command == StompCommand.SEND || command == StompCommand.ACK || command == StompCommand.NACK;
    }

    private void writeAnswers() {
        if (writing) {
            return;
        }
        writing = true;
        try {
            while (!unanswered.isEmpty() && unanswered.getFirst().outcome() != null) {
                writer.accept(unanswered.removeFirst());
            }
        } finally {
            writing = false;
        }
    }
}
