package io.taktdb.api.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.taktdb.api.http.CommandPort;
import io.taktdb.api.http.Exchange;
import io.taktdb.types.error.DbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: has what it sends taken request by request, and sends the answers in order. Reading stops while too many
 * wait for answers, or the client does not take what is ready. It ends by a half-close after the last answer, so that a
 * client that still sends gets to read it. Threading: one event loop; {@link #execute} from any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there closes the channel, which is seen elsewhere
final class Connection extends ChannelInboundHandlerAdapter implements Exchange.Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final ByteBuf CONTINUE = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));

    /** Place in the list of the event loop's connections. */
    int slot;

    private final CommandPort commands;
    private final LoopContext context;
    private final Channel channel;
    private final RequestFramer framer;
    private final ResponseQueue answers;
    private final RequestIntake intake;
    private final Deadlines deadlines;
    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private boolean isReading;
    private boolean isAutoRead = true;
    private boolean isProcessing;
    private boolean isFlushDue;
    private boolean hasInputEnded;
    private TakenConnection taken; // null while requests are served

    Connection(final LoopContext context, final Channel channel) {
        this.context = context;
        this.commands = context.mailbox().newSender();
        this.channel = channel;
        this.framer = new RequestFramer(context.limits(), context.lineRoom(), channel.alloc(), context.budget());
        this.answers = new ResponseQueue(
                channel, context.encoder(), context.counts(), context.limits().pipelined());
        this.intake = new RequestIntake(context, this, framer, answers);
        this.deadlines = new Deadlines(context.limits(), channel, context.nowNs());
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx) {
        context.add(this);
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        isReading = true;
        context.counts().received(((ByteBuf) message).readableBytes());
        if (taken != null) {
            taken.received((ByteBuf) message);
            return;
        }
        if (intake.isDone()) {
            ((ByteBuf) message).release();
            return;
        }
        input = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(channel.alloc(), input, (ByteBuf) message);
        process();
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        isReading = false;
        flush();
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx) {
        if (taken != null) {
            taken.writabilityChanged();
        }
        process();
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            hasInputEnded = true;
            if (taken != null) {
                taken.inputEnded();
                return;
            }
            if (answers.isClosing()) {
                channel.close();
            }
            process();
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        intake.finish();
        if (taken != null) {
            taken.ended();
        }
        context.remove(this);
        framer.body().release();
        answers.release();
        releaseInput();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        if (!(cause instanceof IOException || cause.getCause() instanceof IOException)) {
            LOG.error("connection failed: remote={}", channel.remoteAddress(), cause);
        }
        channel.close();
    }

    /** Takes what has arrived, as far as there is room for answers. */
    private void process() {
        if (isProcessing || intake.isDone() || taken != null) {
            return;
        }
        isProcessing = true;
        try {
            while (!intake.isDone() && intake.hasRoom() && intake.step(input)) {
                deadlines.restart();
                sendContinue();
            }
        } catch (final DbException fault) {
            intake.refuse(fault);
        } finally {
            isProcessing = false;
        }
        if (answers.takeover() != null) {
            handOver();
            return;
        }
        if (hasInputEnded && !intake.isDone() && intake.hasRoom() && intake.end()) {
            channel.close();
        }
        if (intake.isDone() || !input.isReadable()) {
            releaseInput();
        }
        deadlines.phase(Deadlines.phaseOf(framer, answers), context.nowNs());
        autoRead(intake.isDone() || intake.hasRoom());
    }

    private void sendContinue() {
        if (intake.owedContinue(input)) {
            channel.write(CONTINUE.duplicate());
            flushSoon();
        }
    }

    /** The answer that was written last gives the connection to somebody else, with all input after its request. */
    private void handOver() {
        final ByteBuf rest = input;
        input = Unpooled.EMPTY_BUFFER;
        taken = new TakenConnection(this, context, channel, deadlines, answers.takeover());
        deadlines.phase(Deadlines.Phase.TAKEN, context.nowNs());
        autoRead(true);
        taken.begin();
        if (rest.isReadable()) {
            taken.received(rest);
        } else {
            rest.release();
        }
        if (hasInputEnded) {
            taken.inputEnded();
        }
    }

    /** Closes now, or after the requests that are under way. */
    void drain() {
        if (taken != null) {
            taken.drain();
            return;
        }
        if (intake.drain()) {
            channel.close();
        }
    }

    /** Ends the connection if something takes longer than it may. */
    void checkTime(final long nowNs) {
        final Deadlines.Verdict verdict = deadlines.check(nowNs);
        if (taken != null && verdict == Deadlines.Verdict.CLOSE) {
            taken.stalled();
        } else if (taken != null) {
            taken.sweep(nowNs);
        } else if (verdict == Deadlines.Verdict.CLOSE) {
            channel.close();
        } else if (verdict == Deadlines.Verdict.ANSWER) {
            intake.refuse(deadlines.timedOut());
            deadlines.phase(Deadlines.phaseOf(framer, answers), nowNs);
        }
    }

    @Override
    public void answered(final Exchange exchange) {
        final boolean isWritten;
        try {
            isWritten = answers.answered(exchange);
        } catch (final RuntimeException e) {
            LOG.error("an answer could not be written: path={}", exchange.head().path(), e);
            channel.close();
            return;
        }
        if (isWritten) {
            if (answers.takeover() != null) {
                flushSoon();
                intake.finish();
                if (!isProcessing) {
                    handOver();
                }
                return;
            }
            if (answers.isClosing()) {
                flushAndHalfClose();
                return;
            }
            sendContinue();
            flushSoon();
        }
        process();
    }

    private void flushAndHalfClose() {
        intake.finish();
        autoRead(true);
        deadlines.phase(Deadlines.Phase.LINGERING, context.nowNs());
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> Tls.endOutput(channel));
    }

    void autoRead(final boolean wanted) {
        if (wanted != isAutoRead) {
            isAutoRead = wanted;
            channel.config().setAutoRead(wanted);
        }
    }

    void flushSoon() {
        if (!isFlushDue) {
            isFlushDue = true;
            if (!isReading && !context.turn().flushesLater(this)) {
                flush();
            }
        }
    }

    /** Sends what was written, if anything was. */
    void flush() {
        if (isFlushDue) {
            isFlushDue = false;
            channel.flush();
        }
    }

    private void releaseInput() {
        input.release();
        input = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public CommandPort commands() {
        return commands;
    }

    @Override
    public Executor workers() {
        return context.workers();
    }

    @Override
    public void execute(final Runnable task) {
        if (context.loop().inEventLoop()) {
            task.run();
        } else {
            context.turn().run(task);
        }
    }
}
