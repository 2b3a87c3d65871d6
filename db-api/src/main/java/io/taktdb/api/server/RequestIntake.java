package io.taktdb.api.server;

import io.netty.buffer.ByteBuf;
import io.taktdb.api.access.TokenCheck;
import io.taktdb.api.http.Caller;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Headers;
import io.taktdb.api.http.RequestHead;
import io.taktdb.api.http.Route;
import io.taktdb.api.http.Sender;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes a connection's input request by request: finds the route when the head is there, hands over when the body is.
 *
 * <p>What can be refused from the head alone is refused then, and its body is read over. Large bodies are handled by
 * worker threads. Threading: one event loop.
 */
final class RequestIntake {
    private static final RequestHead UNREADABLE = new RequestHead("", "*", null, "", false, new Headers(), 0);

    private final LoopContext context;
    private final Exchange.Connection connection;
    private final RequestFramer framer;
    private final ResponseQueue answers;
    private final TokenCheck tokens;
    private boolean isDone;
    private boolean owesContinue;

    RequestIntake(
            final LoopContext context,
            final Exchange.Connection connection,
            final RequestFramer framer,
            final ResponseQueue answers) {
        this.context = context;
        this.connection = connection;
        this.framer = framer;
        this.answers = answers;
        this.tokens = new TokenCheck(context.access());
    }

    /** Who sends a request of this connection. */
    private final class RequestSender implements Sender {
        private final RequestHead head;

        RequestSender(final RequestHead head) {
            this.head = head;
        }

        @Override
        public Caller get() {
            return tokens.caller(head);
        }

        @Override
        public void count() {
            if (context.access().requestsPerSecond() > 0) {
                context.access().count(this, answers.clientAddress());
            }
        }
    }

    /** Whether nothing more is taken: the rest of the input is not to be looked at. */
    boolean isDone() {
        return isDone;
    }

    /** Takes nothing more. */
    void finish() {
        isDone = true;
    }

    /** Whether to go on: a request that has begun is read to its end, a new one needs room for its answer. */
    boolean hasRoom() {
        return framer.isInBody() || !answers.isFull();
    }

    /**
     * Takes the next head or body.
     *
     * @return false when the input is used up
     */
    boolean step(final ByteBuf input) {
        switch (framer.advance(input)) {
            case HEAD -> head(framer.head());
            case COMPLETE -> complete();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void head(final RequestHead head) {
        final Exchange exchange = new Exchange(head, connection);
        answers.add(exchange);
        if (context.isDraining()) {
            exchange.closeAfterwards();
        }
        try {
            final Sender sender = new RequestSender(head);
            sender.count();
            final String origin = context.access()
                    .origins()
                    .check(head.authority(), head.headers().get("origin"));
            final Route route = exchange.route(context.router(), sender, origin);
            framer.beginBody(route.body().limit(context.limits()), false);
        } catch (final DbException why) {
            if (why.code() == ErrorCode.BODY_TOO_LARGE) {
                throw why;
            }
            exchange.refuse(why);
            framer.beginBody(context.limits().bodyBytes(), true);
        }
        owesContinue = head.expectsContinue();
        if (owesContinue && exchange.isRefused()) {
            isDone = true;
            exchange.closeAfterwards();
            exchange.handle();
        }
    }

    /** Whether the client waits for {@code 100 Continue} and it is its turn; asked once, it is not owed any more. */
    boolean owedContinue(final ByteBuf input) {
        if (!owesContinue || isDone || !answers.hasOne()) {
            return false;
        }
        owesContinue = false;
        return !framer.body().hasBytes() && !input.isReadable();
    }

    private void complete() {
        owesContinue = false;
        final Exchange exchange = answers.last();
        final ByteBuf body = framer.body().removeBody();
        final int charge = framer.body().removeCharge();
        exchange.body(body);
        isDone = exchange.isClosing();
        if (body.readableBytes() < context.limits().offloadBytes()) {
            exchange.handle();
            context.budget().giveBack(charge);
        } else {
            offload(exchange, charge);
        }
    }

    private void offload(final Exchange exchange, final int charge) {
        final Runnable giveBack =
                () -> context.loop().execute(() -> context.budget().giveBack(charge));
        try {
            context.workers().execute(() -> {
                exchange.handle();
                giveBack.run();
            });
        } catch (final RejectedExecutionException e) {
            exchange.refuse(
                    new DbException(ErrorCode.OVERLOADED, "too many large bodies wait to be read; try again later", e));
            exchange.handle();
            giveBack.run();
        }
    }

    /** Answers for input that cannot be understood, and takes nothing more. */
    void refuse(final DbException fault) {
        isDone = true;
        Exchange exchange = answers.last();
        if (!framer.isInBody() || exchange == null || exchange.response() != null) {
            exchange = new Exchange(UNREADABLE, connection);
            answers.add(exchange);
        }
        exchange.refuse(fault);
        exchange.closeAfterwards();
        exchange.handle();
    }

    /**
     * Takes no request after those that have begun.
     *
     * @return whether there are none
     */
    boolean drain() {
        if (answers.isEmpty()) {
            return framer.isBetweenRequests();
        }
        answers.last().closeAfterwards();
        isDone = !framer.isInBody();
        return false;
    }

    /**
     * The client sends nothing more.
     *
     * @return whether nothing is under way that could still be answered
     */
    boolean end() {
        isDone = true;
        if (answers.isEmpty() || framer.isInBody()) {
            return true;
        }
        answers.last().closeAfterwards();
        return false;
    }
}
