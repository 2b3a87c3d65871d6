package io.taktdb.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * One request and the place for its answer.
 *
 * <p>Life: made when the head has arrived, {@link #route routed}, given its body, {@link #handle handled}, answered
 * once. Threading: the handler's thread until it returns; {@link #respond}, {@link #fail} and {@link #submit} may be
 * called from any thread and go to the event loop by themselves.
 */
public final class Exchange {
    private final RequestHead head;
    private final Connection connection;
    private CommandPort commands;
    private Sender sender = Sender.NOBODY;
    private String crossOrigin;
    private RouteMatch match;
    private Query query;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private DbException refusal;
    private Response response;
    private Consumer<Response> listener;
    private boolean closing;

    /** The connection as its requests see it. */
    public interface Connection extends Executor {
        /** Where buffers for content come from. */
        ByteBufAllocator allocator();

        /** Where commands go. */
        CommandPort commands();

        /** Runs a task on the event loop, at once if the caller is on it. */
        @Override
        void execute(Runnable task);

        /** Threads for work that is too long for an event loop; refuses when too much waits. */
        Executor workers();

        /** Says that an exchange has its answer. Event loop only. */
        void answered(Exchange exchange);
    }

    public Exchange(final RequestHead head, final Connection connection) {
        this.head = head;
        this.connection = connection;
        this.commands = connection.commands();
        this.closing = !head.isKeepAlive();
    }

    /**
     * Finds the route, and refuses what can be refused before the body is read.
     *
     * @param from who sent the request: who may not read anything is not told which routes there are
     * @param origin of the page that sent it, if that is another one that may read the answer, or null
     * @throws DbException as it says
     */
    public Route route(final Router router, final Sender from, final String origin) {
        sender = from;
        crossOrigin = origin;
        try {
            match = Cors.match(router, head, origin);
        } catch (final DbException e) {
            caller().require(Role.READ);
            throw e;
        }
        match.admit(caller());
        match.route().body().checkContentType(head);
        MediaType.checkAccept(head.headers().get("accept"), match.route().produces());
        return match.route();
    }

    /** The route that was found, or null. */
    Route matched() {
        return match == null ? null : match.route();
    }

    /** Notes why the request cannot be handled; this will be its answer. */
    public void refuse(final DbException why) {
        refusal = why;
    }

    /** Whether the request was refused before its body came. */
    public boolean isRefused() {
        return refusal != null;
    }

    /** Gives the request its body, which it owns from now on. */
    public void body(final ByteBuf bytes) {
        body = bytes;
    }

    /** Runs the handler, then lets go of the body. Whatever is thrown becomes the answer. */
    public void handle() {
        try {
            if (refusal != null) {
                throw refusal;
            }
            match.route().handler().handle(this);
        } catch (final Throwable e) {
            fail(BrokenBody.orElse(e, match, body));
        } finally {
            body.release();
            body = Unpooled.EMPTY_BUFFER;
        }
    }

    public RequestHead head() {
        return head;
    }

    /** Who sent the request; asked again later, says whether the token still holds. */
    public Caller caller() {
        return sender.get();
    }

    /** The same as long as the connection lasts, for what comes later over it. */
    public Sender sender() {
        return sender;
    }

    /**
     * A header field, or null.
     *
     * @param name in lower case
     */
    public String header(final String name) {
        return head.headers().get(name);
    }

    /** Value of a parameter of the route's pattern; may be empty. */
    public String path(final String name) {
        return match.value(name);
    }

    /**
     * The query's parameters.
     *
     * @throws DbException INVALID_PARAMETER or INVALID_REQUEST
     */
    public Query query() {
        if (query == null) {
            query = Query.parse(head.query());
        }
        return query;
    }

    /** The whole body; valid until the handler returns. */
    public ByteBuf body() {
        return body;
    }

    /** Whether only the head of the answer is wanted. */
    public boolean isHeadOnly() {
        return "HEAD".equals(head.method());
    }

    /** A buffer for content, with room for the head. */
    public ByteBuf newContent() {
        return Response.newContent(connection.allocator());
    }

    public ByteBufAllocator allocator() {
        return connection.allocator();
    }

    /** The engine's door on this connection's event loop. */
    public CommandPort commands() {
        return commands;
    }

    /** Has commands of this request go another way. */
    void commands(final CommandPort way) {
        commands = way;
    }

    /**
     * Hands a command to the engine.
     *
     * @param whenCommitted called on the event loop unless the command was refused
     */
    public void submit(final CommandWriter command, final Reply whenCommitted) {
        commands.submit(command.ack(RequestOptions.ack(this)), new EngineReply(this, whenCommitted));
    }

    /** Work on a request that takes long. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /**
     * Has a worker thread go on; what it throws becomes the answer. The body is gone by then.
     *
     * @throws DbException OVERLOADED
     */
    public void offload(final Work work) {
        try {
            connection.workers().execute(() -> {
                try {
                    work.run();
                } catch (final Throwable e) {
                    fail(e);
                }
            });
        } catch (final RejectedExecutionException e) {
            throw new DbException(ErrorCode.OVERLOADED, "too many long requests wait; try again later", e);
        }
    }

    /** Has the answer shown to somebody before it goes; set by the handler's thread. */
    void onAnswer(final Consumer<Response> shown) {
        listener = listener == null ? shown : listener.andThen(shown);
    }

    /** What to do with a command's reply. */
    @FunctionalInterface
    public interface Reply {
        void onCommitted(Submission submission) throws IOException;
    }

    /**
     * Answers.
     *
     * @throws IllegalStateException when there is an answer already
     */
    public void respond(final Response answer) {
        final Consumer<Response> plain = listener;
        if (plain != null) {
            listener = null;
            plain.accept(answer);
        }
        Compression.apply(this, answer);
        try {
            connection.execute(() -> take(answer));
        } catch (final RejectedExecutionException e) {
            answer.release(); // the server has stopped: nobody is there to be answered
        }
    }

    private void take(final Response answer) {
        if (response != null) {
            answer.release();
            throw new IllegalStateException("request is answered already: path=" + head.path());
        }
        response = answer;
        if (crossOrigin != null) {
            Cors.allow(answer, crossOrigin);
        }
        RequestId.tell(head, answer);
        connection.answered(this);
    }

    /** Answers with an error; if there is an answer already, a defect is still logged. */
    public void fail(final Throwable error) {
        try {
            connection.execute(() -> {
                if (response == null) {
                    final Response problem = RequestId.problem(head, error, allocator());
                    if (listener != null) {
                        listener.accept(problem);
                    }
                    take(problem);
                } else {
                    Problem.asDbException(error);
                }
            });
        } catch (final RejectedExecutionException e) {
            Problem.asDbException(error); // the server has stopped; a defect is still logged
        }
    }

    /** The answer, or null while there is none. Event loop only. */
    public Response response() {
        return response;
    }

    /** Whether the connection ends after this answer. */
    public boolean isClosing() {
        return closing;
    }

    /** Ends the connection after this answer. */
    public void closeAfterwards() {
        closing = true;
    }
}
