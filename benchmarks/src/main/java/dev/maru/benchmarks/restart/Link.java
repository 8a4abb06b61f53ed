package dev.maru.benchmarks.restart;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection of a person, from the handshake to its end.
 *
 * <p>Confined to the crowd's event loop.
 */
final class Link extends SimpleChannelInboundHandler<WebSocketFrame> {
    /** What {@link Person#lost} is told where the server did not say when to come back. */
    static final long NO_HINT = -1;

    private static final Pattern HINT = Pattern.compile("\\breconnect-delay=(\\d{1,9})\\b");

    private final Person person;
    private final Channel channel;
    private long hint = NO_HINT;

    Link(Person person, Channel channel) {
        this.person = person;
        this.channel = channel;
    }

    void send(String frame) {
        channel.writeAndFlush(new TextWebSocketFrame(frame), channel.voidPromise());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            person.opened(this);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            if (text.content().readableBytes() > 1) {
                person.received(this, Frame.of(text.text()));
            }
        } else if (frame instanceof CloseWebSocketFrame close) {
            Matcher said = HINT.matcher(close.reasonText());
            hint = said.find() ? Long.parseLong(said.group(1)) : NO_HINT;
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        person.lost(hint);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof WebSocketHandshakeException)) {
            person.surprised(cause);
        }
        ctx.close();
    }
}
