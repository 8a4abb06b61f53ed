package dev.maru.stomp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StompDecoderTest {
    private final RecordingListener heard = new RecordingListener();
    private StompDecoder decoder = new StompDecoder(StompLimits.DEFAULT, heard);

    @AfterEach
    void closes() {
        decoder.close();
    }

    /** Decodes the text in one piece, in which {@code ^@} stands for NUL. */
    private List<String> decode(String text) {
        decode(text, UTF_8);
        return heard.events;
    }

    private void decode(String text, Charset charset) {
        ByteBuf bytes = Unpooled.copiedBuffer(text.replace("^@", "\0"), charset);
        decoder.decode(bytes);
        assertThat(bytes.refCnt()).as("references to the input").isZero();
    }

    private void limit(int frameBytes, int headers, int headerLineBytes) {
        decoder = new StompDecoder(new StompLimits(frameBytes, headers, headerLineBytes), heard);
    }

    @Nested
    class Frames {

        @ParameterizedTest
        @EnumSource(StompCommand.class)
        void readsEachCommandFromThePeerThatMaySendIt(StompCommand command) {
            decoder = command.fromClient() ? decoder : StompDecoder.forServerFrames(StompLimits.DEFAULT, heard);
            assertThat(decode(command + "\n\n^@")).containsExactly(command + " [] ");
        }

        @ParameterizedTest
        @EnumSource(StompCommand.class)
        void refusesEachCommandFromThePeerThatMayNotSendIt(StompCommand command) {
            decoder = command.fromClient() ? StompDecoder.forServerFrames(StompLimits.DEFAULT, heard) : decoder;
            assertThat(decode(command + "\n\n^@")).containsExactly("UNKNOWN_COMMAND");
        }

        @ParameterizedTest
        @ValueSource(strings = {"send", "SENDS", "SEN", " SEND", "SEND ", "GET / HTTP/1.1", "가", "ABOUT"})
        void refusesWhatIsNoCommand(String line) {
            assertThat(decode(line + "\n\n^@")).containsExactly("UNKNOWN_COMMAND");
        }

        @Test
        void refusesACommandLongerThanAnyBeforeItsLineEnds() {
            assertThat(decode("SUBSCRIBEXXXX")).containsExactly("UNKNOWN_COMMAND");
        }

        @Test
        void readsHeadersInOrderAndABodyUpToTheNul() {
            assertThat(decode("SEND\ndestination:/topic/a\nfoo:bar\n\nhello\nqueue^@"))
                    .containsExactly("SEND [destination, /topic/a, foo, bar] hello\nqueue");
        }

        @Test
        void readsSeveralFramesFromOneBuffer() {
            assertThat(decode("CONNECT\n\n^@SUBSCRIBE\nid:0\n\n^@\nSEND\n\na^@"))
                    .containsExactly("CONNECT [] ", "SUBSCRIBE [id, 0] ", "heart-beat", "SEND [] a");
        }

        @Test
        void reportsLineEndsBetweenFramesAsHeartBeats() {
            assertThat(decode("\n\r\nSEND\n\n^@\r\n\n"))
                    .containsExactly("heart-beat", "heart-beat", "SEND [] ", "heart-beat", "heart-beat");
        }

        @Test
        void refusesACarriageReturnAloneBetweenFrames() {
            assertThat(decode("\rSEND\n\n^@")).containsExactly("MALFORMED_FRAME");
        }

        @Test
        void readsLinesThatEndWithCarriageReturnAndLineFeed() {
            assertThat(decode("SEND\r\nfoo:bar\r\n\r\nhi\r\n^@")).containsExactly("SEND [foo, bar] hi\r\n");
        }

        @ParameterizedTest
        @EnumSource(
                value = StompVersion.class,
                names = {"V1_0", "V1_1"})
        void takesACarriageReturnForPartOfTheHeaderInOldVersionsUnlessTheCommandHadOneToo(StompVersion version) {
            decoder.version(version);
            assertThat(decode("SEND\nfoo:bar\r\n\n^@SEND\r\nfoo:bar\r\n\r\n^@"))
                    .containsExactly("SEND [foo, bar\r] ", "SEND [foo, bar] ");
        }

        @Test
        void refusesANulBeforeTheHeadersEnd() {
            assertThat(decode("SEND\nfoo:bar^@")).containsExactly("MALFORMED_FRAME");
        }

        @Test
        void refusesANulInsteadOfACommand() {
            assertThat(decode("^@")).containsExactly("MALFORMED_FRAME");
        }
    }

    @Nested
    class Headers {

        @Test
        void keepsRepeatedHeadersAndCountsTheFirst() {
            decode("SEND\nfoo:World\nfoo:Hello\n\n^@");
            assertThat(heard.headers.getFirst()).isEqualTo(StompHeaders.of("foo", "World", "foo", "Hello"));
            assertThat(heard.headers.getFirst().get("foo")).isEqualTo("World");
        }

        @ParameterizedTest
        @EnumSource(StompVersion.class)
        void trimsNothing(StompVersion version) {
            decoder.version(version);
            assertThat(decode("SEND\n foo : bar \n\n^@")).containsExactly("SEND [ foo ,  bar ] ");
        }

        @Test
        void readsEmptyValues() {
            assertThat(decode("SEND\nfoo:\n\n^@")).containsExactly("SEND [foo, ] ");
        }

        @Test
        void leavesFurtherColonsToTheValue() {
            assertThat(decode("SEND\nfoo:a:b\n\n^@")).containsExactly("SEND [foo, a:b] ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"foo", ":bar", ":", "\\"})
        void refusesLinesWithoutAColonOrAName(String line) {
            assertThat(decode("SEND\n" + line + "\n\n^@")).containsExactly("MALFORMED_FRAME");
        }

        @Test
        void readsUtf8() {
            assertThat(decode("SEND\n이름:민수 😀\n\n안녕^@")).containsExactly("SEND [이름, 민수 😀] 안녕");
        }

        @Test
        void readsTheReplacementCharacterIfItWasSent() {
            assertThat(decode("SEND\nfoo:\uFFFD\n\n^@")).containsExactly("SEND [foo, \uFFFD] ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"foo:\u00ff", "f\u00ffo:bar", "foo:\u00c0\u00af", "foo:\u00ed\u00a0\u0080", "foo:\u00ea"})
        void refusesHeadersThatAreNotUtf8(String line) {
            decode("SEND\n" + line + "\n\n^@", ISO_8859_1);
            assertThat(heard.events).containsExactly("MALFORMED_FRAME");
        }

        @Test
        void doesNotLookAtTheCharactersOfABody() {
            decode("SEND\n\n\u00ff^@", ISO_8859_1);
            assertThat(heard.bodies.getFirst()).containsExactly(0xff);
        }

        @Test
        void makesWellKnownNamesOnce() {
            decode("SEND\ndestination:a\n\n^@SEND\ndestination:a\n\n^@");
            assertThat(heard.headers.get(0).name(0))
                    .isSameAs(heard.headers.get(1).name(0));
        }
    }

    @Nested
    class Escapes {

        @Test
        void undoesTheEscapesOfVersion12() {
            assertThat(decode("SEND\n\\cfoo\\n:\\r\\n\\c\\\\n\n\n^@")).containsExactly("SEND [:foo\n, \r\n:\\n] ");
        }

        @Test
        void undoesTheEscapesOfVersion11() {
            decoder.version(StompVersion.V1_1);
            assertThat(decode("SEND\n\\cfoo\\n:\\n\\c\\\\r\n\n^@")).containsExactly("SEND [:foo\n, \n:\\r] ");
        }

        @Test
        void knowsNoEscapesInVersion10() {
            decoder.version(StompVersion.V1_0);
            assertThat(decode("SEND\nf\\co:\\n\\t\\\n\n^@")).containsExactly("SEND [f\\co, \\n\\t\\] ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"foo:\\t", "foo:bar\\", "f\\:bar", "foo:\\N"})
        void refusesUndefinedEscapes(String line) {
            assertThat(decode("SEND\n" + line + "\n\n^@")).containsExactly("MALFORMED_FRAME");
        }

        @Test
        void refusesAnEscapedCarriageReturnInVersion11() {
            decoder.version(StompVersion.V1_1);
            assertThat(decode("SEND\nfoo:\\r\n\n^@")).containsExactly("MALFORMED_FRAME");
        }

        @ParameterizedTest
        @ValueSource(strings = {"CONNECT", "STOMP"})
        void leavesTheHeadersOfConnectAsTheyAre(String command) {
            assertThat(decode(command + "\npasscode:a\\b\\c\n\n^@")).containsExactly(command + " [passcode, a\\b\\c] ");
        }

        @Test
        void leavesTheHeadersOfConnectedAsTheyAre() {
            decoder = StompDecoder.forServerFrames(StompLimits.DEFAULT, heard);
            assertThat(decode("CONNECTED\nserver:a\\b\n\n^@")).containsExactly("CONNECTED [server, a\\b] ");
        }

        @Test
        void changesTheVersionWithTheNextFrameWhenToldWithinOnFrame() {
            heard.onFrame = frame -> decoder.version(StompVersion.V1_0);
            assertThat(decode("CONNECT\n\n^@SEND\nfoo:\\n\n\n^@")).containsExactly("CONNECT [] ", "SEND [foo, \\n] ");
        }

        @Test
        void finishesAFrameInTheVersionInWhichItBegan() {
            decode("SEND\nfoo:\\n\n");
            decoder.version(StompVersion.V1_0);
            assertThat(decode("bar:\\c\n\n^@")).containsExactly("SEND [foo, \n, bar, :] ");
        }
    }

    @Nested
    class Bodies {

        @Test
        void readsAsManyBytesAsContentLengthSays() {
            decode("SEND\ncontent-length:5\n\na^@b^@\n^@");
            assertThat(heard.bodies.getFirst()).containsExactly('a', 0, 'b', 0, '\n');
        }

        @Test
        void takesTheFirstContentLength() {
            assertThat(decode("SEND\ncontent-length:1\ncontent-length:2\n\na^@"))
                    .containsExactly("SEND [content-length, 1, content-length, 2] a");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "-1", "+1", "0x1", "1.0", " 1", "1 ", "one", "١"})
        void refusesAContentLengthThatIsNoNumber(String length) {
            assertThat(decode("SEND\ncontent-length:" + length + "\n\na^@")).containsExactly("BAD_CONTENT_LENGTH");
        }

        @Test
        void acceptsAPaddedContentLengthInVersion10() {
            decoder.version(StompVersion.V1_0);
            assertThat(decode("SEND\ncontent-length: 1\n\na^@")).containsExactly("SEND [content-length,  1] a");
        }

        @Test
        void refusesAContentLengthThatNoNulFollows() {
            assertThat(decode("SEND\ncontent-length:1\n\nab^@")).containsExactly("BAD_CONTENT_LENGTH");
        }

        @ParameterizedTest
        @ValueSource(strings = {"1000", "999999999", "1000000000", "2147483648", "99999999999999999999999"})
        void refusesAContentLengthBeyondTheLimitBeforeTheBodyComes(String length) {
            limit(900, 4, 80);
            assertThat(decode("SEND\ncontent-length:" + length + "\n\n")).containsExactly("FRAME_TOO_LARGE");
        }

        @Test
        void acceptsAnEmptyCountedBodyForEveryCommand() {
            assertThat(decode("BEGIN\ncontent-length:0\n\n^@SEND\ncontent-length:00\n\n^@"))
                    .containsExactly("BEGIN [content-length, 0] ", "SEND [content-length, 00] ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\n\nx^@", "\ncontent-length:1\n\n", "\ncontent-length:0\n\nx^@"})
        void refusesABodyWhereNoneIsAllowed(String rest) {
            assertThat(decode("SUBSCRIBE" + rest)).containsExactly("BODY_NOT_ALLOWED");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\n\nx^@", "\ncontent-length:1\n\nx^@"})
        void dropsABodyWhereNoneBelongsInVersion10(String rest) {
            decoder.version(StompVersion.V1_0);
            decode("SUBSCRIBE" + rest);
            assertThat(heard.bodies.getFirst()).isEmpty();
        }

        @Test
        void slicesABodyFromTheBufferThatCame() {
            ByteBuf bytes = Unpooled.copiedBuffer("SEND\n\nhello\0SEND\ncontent-length:2\n\nhi\0", UTF_8);
            heard.onFrame = frame -> {
                assertThat(frame.body().unwrap()).isSameAs(bytes);
                assertThat(bytes.refCnt()).isEqualTo(2);
            };
            decoder.decode(bytes);
            assertThat(heard.events).containsExactly("SEND [] hello", "SEND [content-length, 2] hi");
            assertThat(bytes.refCnt()).isZero();
        }

        @Test
        void givesBodiesAwayThatOutliveTheInput() {
            ByteBuf bytes = Unpooled.copiedBuffer("SEND\n\nhello\0", UTF_8);
            heard.onFrame = frame -> frame.body().retain();
            decoder.decode(bytes);
            assertThat(bytes.refCnt()).isOne();
            bytes.release();
        }
    }

    @Nested
    class Limits {

        @Test
        void holdsForAWholeFrameWithItsNul() {
            limit(17, 4, 80);
            assertThat(decode("SEND\na:b\n\n123456^@SEND\na:b\n\n1234567^@"))
                    .containsExactly("SEND [a, b] 123456", "FRAME_TOO_LARGE");
        }

        @Test
        void holdsForACountedFrameWithItsNul() {
            limit(26, 4, 80);
            assertThat(decode("SEND\ncontent-length:2\n\n12^@SEND\ncontent-length:3\n\n"))
                    .containsExactly("SEND [content-length, 2] 12", "FRAME_TOO_LARGE");
        }

        @Test
        void holdsForAFrameOfHeadersOnly() {
            limit(11, 4, 80);
            assertThat(decode("BEGIN\na:b\n\n^@")).containsExactly("FRAME_TOO_LARGE");
        }

        @Test
        void holdsForAFrameThatHasNotEnded() {
            limit(16, 4, 80);
            assertThat(decode("SEND\n\n123456789")).isEmpty();
            assertThat(decode("0")).containsExactly("FRAME_TOO_LARGE");
        }

        @Test
        void holdsForAHeaderLine() {
            limit(1000, 4, 10);
            assertThat(decode("SEND\nfoo:678901\n\n^@SEND\nfoo:6789012\n\n^@"))
                    .containsExactly("SEND [foo, 678901] ", "HEADER_LINE_TOO_LONG");
        }

        @Test
        void holdsForAHeaderLineThatHasNotEnded() {
            limit(1000, 4, 10);
            assertThat(decode("SEND\nfoo:678901")).isEmpty();
            assertThat(decode("2")).containsExactly("HEADER_LINE_TOO_LONG");
        }

        @Test
        void holdsForTheNumberOfHeadersRepeatedOnesIncluded() {
            limit(1000, 2, 10);
            assertThat(decode("SEND\na:b\na:b\n\n^@SEND\na:b\na:b\na:b\n\n^@"))
                    .containsExactly("SEND [a, b, a, b] ", "TOO_MANY_HEADERS");
        }

        @Test
        void startsAnewWithEachFrame() {
            limit(11, 1, 10);
            assertThat(decode("SEND\na:b\n\n^@".repeat(3) + "SEND\n\n1234^@"))
                    .hasSize(4)
                    .endsWith("SEND [] 1234");
        }
    }

    @Nested
    class Ends {

        @Test
        void saysNothingAfterAFault() {
            decode("SEND\nfoo\n\n^@SEND\n\n^@");
            assertThat(decode("\nSEND\n\n^@")).containsExactly("MALFORMED_FRAME");
        }

        @Test
        void saysNothingAfterClose() {
            decode("SEND\nfoo:b");
            decoder.close();
            decoder.close();
            assertThat(decode("ar\n\n^@\n")).isEmpty();
        }

        @Test
        void saysNothingMoreWhenClosedWithinOnFrame() {
            heard.onFrame = frame -> decoder.close();
            assertThat(decode("SEND\n\na^@\nSEND\n\nb^@")).containsExactly("SEND [] a");
        }

        @Test
        void releasesTheInputAndClosesWhenTheListenerThrows() {
            heard.onFrame = frame -> {
                frame.close();
                throw new IllegalStateException("broken");
            };
            ByteBuf bytes = Unpooled.copiedBuffer("SEND\n\na\0SEND\n\nb\0", UTF_8);
            assertThatIllegalStateException().isThrownBy(() -> decoder.decode(bytes));
            assertThat(bytes.refCnt()).isZero();
            assertThat(decode("\n")).containsExactly("SEND [] a");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SEND\nreceipt:r-1\ncontent-length:none\n\n",
                    "SEND\nreceipt:r-1\ncontent-length:2\n\nabc^@",
                    "SEND\nreceipt:r-1\ncontent-length:999999\n\n",
                    "SEND\nreceipt:r-1\nreceipt:r-2\nno colon\n",
                    "SUBSCRIBE\nreceipt:r-1\n\nbody^@",
                    "SEND\nreceipt:r-1\nbad:\\x\n"
                })
        void tellsAFaultWithTheReceiptThatItsFrameAskedFor(String frame) {
            decode(frame);
            assertThat(heard.receiptOfFault).isEqualTo("r-1");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"SEND\nreceipt:r\n\n^@SENT\n", "SEND\nno colon\nreceipt:r\n\n^@", "SEND\nreceipt:\\x\n"})
        void tellsAFaultWithoutAReceiptThatItsFrameHadNotAskedForYet(String frame) {
            decode(frame);
            assertThat(heard.events).last().asString().doesNotStartWith("SEND");
            assertThat(heard.receiptOfFault).isNull();
        }

        @Test
        void neverShowsTheClientsOwnBytesInAFault() {
            StringBuilder details = new StringBuilder();
            for (String input : List.of("<b>\n", "SEND\n<b>\n", "SEND\n<b>:\\x\n", "SEND\ncontent-length:<b>\n\n")) {
                new StompDecoder(StompLimits.DEFAULT, new StompFrameListener() {
                            @Override
                            public void onFrame(StompFrame frame) {
                                frame.close();
                            }

                            @Override
                            public void onHeartBeat() {}

                            @Override
                            public void onFault(StompFault fault, String detail, @Nullable String receipt) {
                                details.append(detail).append('\n');
                            }
                        })
                        .decode(Unpooled.copiedBuffer(input, UTF_8));
            }
            assertThat(details.toString().lines()).hasSize(4).noneMatch(line -> line.contains("<"));
        }
    }
}
