package io.taktdb.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.concurrent.CompletableFuture;

/**
 * One connection with a window of requests under way; for each answer the next request is sent. Answers come in the
 * order of the requests. Threading: one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there ends the connection
final class Conversation extends ChannelInboundHandlerAdapter {
    private static final byte LF = '\n';

    private final Requests requests;
    private final Tally tally;
    private final int window;
    private final long[] sentNs;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private boolean isGreeted;
    private boolean isStopping;
    private int next;
    private long sent;
    private long answered;

    /**
     * @param first which request to begin with, so that connections differ
     */
    Conversation(final Requests requests, final Tally tally, final int window, final int first) {
        this.requests = requests;
        this.tally = tally;
        this.window = window;
        this.sentNs = new long[window];
        this.next = first;
        this.isGreeted = requests.greeting().length == 0;
    }

    /** Completes when requests can be sent. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        if (isGreeted) {
            ready.complete(null);
        } else {
            context.writeAndFlush(Unpooled.wrappedBuffer(requests.greeting()));
        }
    }

    /** Fills the window. */
    void begin(final ChannelHandlerContext context) {
        send(context, window, System.nanoTime());
    }

    /** Sends nothing more. */
    void stop() {
        isStopping = true;
    }

    /** Whether every request has its answer. */
    boolean isIdle() {
        return sent == answered;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), input, (ByteBuf) message);
        if (!isGreeted && !takeGreeting()) {
            return;
        }
        final long nowNs = System.nanoTime();
        int count = 0;
        for (int kind = requests.answers().take(input); kind != Answers.NOT_YET; ) {
            if (kind != Answers.SKIPPED) {
                tally.answered(nowNs - sentNs[(int) (answered++ % window)], kind == Answers.REFUSED);
                count++;
            }
            kind = requests.answers().take(input);
        }
        if (!input.isReadable()) {
            input.release();
            input = Unpooled.EMPTY_BUFFER;
        }
        if (!isStopping && count > 0) {
            send(context, count, nowNs);
        }
    }

    private boolean takeGreeting() {
        for (int end = input.indexOf(input.readerIndex(), input.writerIndex(), LF); end >= 0; ) {
            final int length = end - input.readerIndex();
            input.readerIndex(end + 1);
            if (length <= 1) {
                isGreeted = true;
                ready.complete(null);
                return true;
            }
            end = input.indexOf(input.readerIndex(), input.writerIndex(), LF);
        }
        return false;
    }

    private void send(final ChannelHandlerContext context, final int count, final long nowNs) {
        final byte[][] messages = requests.messages();
        final ByteBuf out = context.alloc().directBuffer(count * messages[next].length + 64);
        for (int i = 0; i < count; i++) {
            out.writeBytes(messages[next]);
            next = next + 1 == messages.length ? 0 : next + 1;
            sentNs[(int) (sent++ % window)] = nowNs;
        }
        context.writeAndFlush(out);
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        input.release();
        input = Unpooled.EMPTY_BUFFER;
        ready.completeExceptionally(new IllegalStateException("the server closed the connection"));
        if (!isStopping) {
            tally.lost();
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        ready.completeExceptionally(cause);
        tally.lost();
        context.close();
    }
}
