package io.taktdb.bench.floor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Parses a JSON-RPC request, hands it over, answers when it comes back. A request without a body is a read: it is
 * handed over all the same. Threading: one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel
final class FloorHandler extends ChannelInboundHandlerAdapter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final FastThreadLocal<LoopState> LOOPS = new FastThreadLocal<>();

    private final HandOff other;
    private final Channel channel;

    FloorHandler(final HandOff other, final Channel channel) {
        this.other = other;
        this.channel = channel;
    }

    /** What the connections of one event loop share. */
    private static final class LoopState {
        private final Set<Channel> written = new LinkedHashSet<>();
        private final HandOff.Mailbox mailbox;

        LoopState(final Channel channel) {
            mailbox = new HandOff.Mailbox(channel.eventLoop(), this::flush);
        }

        private void flush() {
            written.forEach(Channel::flush);
            written.clear();
        }
    }

    private LoopState loop() {
        LoopState state = LOOPS.get();
        if (state == null) {
            state = new LoopState(channel);
            LOOPS.set(state);
        }
        return state;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) throws IOException {
        try {
            if (message instanceof FullHttpRequest request) {
                handOver(request.content(), false);
            } else if (message instanceof TextWebSocketFrame frame) {
                handOver(frame.content(), true);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void handOver(final ByteBuf body, final boolean isSocket) throws IOException {
        final Call call = new Call(loop(), isSocket);
        if (body.isReadable()) {
            final byte[] bytes = ByteBufUtil.getBytes(body);
            try (JsonParser parser = JSON.createParser(bytes, 0, bytes.length)) {
                call.read(parser);
            }
        }
        other.offer(call);
    }

    private final class Call implements HandOff.Item {
        private final LoopState loop;
        private final boolean isSocket;
        private long amount;
        private long id;
        private String method = "";

        Call(final LoopState loop, final boolean isSocket) {
            this.loop = loop;
            this.isSocket = isSocket;
        }

        void read(final JsonParser parser) throws IOException {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                    switch (parser.currentName()) {
                        case "balance", "amount" -> amount = parser.getLongValue();
                        case "id" -> id = parser.getLongValue();
                        default -> {
                            // another parameter
                        }
                    }
                } else if (parser.currentToken() == JsonToken.VALUE_STRING && "method".equals(parser.currentName())) {
                    method = parser.getText();
                }
            }
        }

        @Override
        public long amount() {
            return amount + method.length();
        }

        @Override
        public HandOff.Mailbox mailbox() {
            return loop.mailbox;
        }

        @Override
        public void answer(final long result) {
            final ByteBuf content = channel.alloc().directBuffer(256);
            ByteBufUtil.writeAscii(
                    content, "{\"jsonrpc\":\"2.0\",\"result\":{\"balance\":" + result + "},\"id\":" + id + '}');
            if (isSocket) {
                channel.write(new TextWebSocketFrame(content));
            } else {
                final DefaultFullHttpResponse response =
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, content);
                response.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                        .setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
                channel.write(response);
            }
            loop.written.add(channel);
        }
    }
}
