package io.taktdb.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.taktdb.api.json.JsonOutput;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import java.io.IOException;

/** The two ways of answering with JSON: from a committed state, and from a command's reply. */
public final class Answers {
    private Answers() {}

    /** Writes an answer's content from a state. */
    @FunctionalInterface
    public interface FromState {
        /**
         * Writes the content.
         *
         * @param answer 200 and JSON so far; header fields may be added
         */
        void write(JsonGenerator json, State state, Response answer) throws IOException;
    }

    /** Writes an answer's content. */
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** Answers from the newest state, which is held while it is written. */
    public static void read(final TaktDb db, final Exchange exchange, final FromState writer) throws IOException {
        final ByteBuf content = exchange.newContent();
        final Response answer = Response.json(200, content);
        try (Lease lease = db.lease();
                JsonOutput output = JsonOutput.to(content)) {
            final State state = lease.state();
            answer.state(state.tick(), state.commit());
            writer.write(output.generator(), state, answer);
        } catch (final DbException e) {
            content.release();
            exchange.respond(Problem.of(e, exchange.allocator()).state(answer.tick(), answer.commit()));
            return;
        } catch (final Throwable e) {
            content.release();
            throw e;
        }
        if (answer.status() == 304) {
            answer.dropContent();
        }
        exchange.respond(answer);
    }

    /** An answer with JSON. */
    public static Response json(final Exchange exchange, final int status, final Content writer) throws IOException {
        final ByteBuf content = exchange.newContent();
        try (JsonOutput output = JsonOutput.to(content)) {
            writer.write(output.generator());
        } catch (final Throwable e) {
            content.release();
            throw e;
        }
        return Response.json(status, content);
    }

    /** An answer with JSON, to a command that was committed. */
    public static Response json(final Exchange exchange, final int status, final Submission done, final Content writer)
            throws IOException {
        return json(exchange, status, writer).state(done.tick(), done.commit());
    }

    /** Answers without content to a command that was committed. */
    public static void noContent(final Exchange exchange, final Submission done) {
        exchange.respond(Response.of(204).state(done.tick(), done.commit()));
    }
}
