package io.taktdb.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.concurrent.CompletableFuture;

/** One connection of a {@link Crowd}: greets, says one thing, counts what comes. Threading: one event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there ends the connection
final class Member extends ChannelInboundHandlerAdapter {
    private static final int END_OF_HEAD = 0x0D0A0D0A;

    private final byte[] greeting;
    private final byte[] message;
    private final Crowd crowd;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private ByteBuf input = Unpooled.EMPTY_BUFFER;

    Member(final byte[] greeting, final byte[] message, final Crowd crowd) {
        this.greeting = greeting;
        this.message = message;
        this.crowd = crowd;
    }

    /** Completes when the greeting was answered. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        if (greeting.length > 0) {
            context.writeAndFlush(Unpooled.wrappedBuffer(greeting));
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object received) {
        input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), input, (ByteBuf) received);
        if (greeting.length > 0 && !ready.isDone()) {
            takeGreeting(context);
        }
        if (ready.isDone()) {
            int before = input.readerIndex();
            for (int kind = Answers.SOCKET.take(input); kind != Answers.NOT_YET; ) {
                crowd.received(input.readerIndex() - before);
                before = input.readerIndex();
                kind = Answers.SOCKET.take(input);
            }
        } else if (greeting.length == 0) {
            input.skipBytes(input.readableBytes());
        }
        if (!input.isReadable()) {
            release();
        }
    }

    private void takeGreeting(final ChannelHandlerContext context) {
        for (int i = input.readerIndex(); i + Integer.BYTES <= input.writerIndex(); i++) {
            if (input.getInt(i) == END_OF_HEAD) {
                input.readerIndex(i + Integer.BYTES);
                if (message.length > 0) {
                    context.writeAndFlush(Unpooled.wrappedBuffer(message));
                }
                ready.complete(null);
                return;
            }
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        release();
        ready.completeExceptionally(new IllegalStateException("the server closed the connection"));
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        ready.completeExceptionally(cause);
        context.close();
    }

    private void release() {
        input.release();
        input = Unpooled.EMPTY_BUFFER;
    }
}
