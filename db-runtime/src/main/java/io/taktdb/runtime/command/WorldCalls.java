package io.taktdb.runtime.command;

import io.taktdb.runtime.procedure.CallTimeout;
import io.taktdb.runtime.procedure.Client;
import io.taktdb.runtime.procedure.LifeEvent;
import io.taktdb.runtime.procedure.Procedure;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.procedure.Schedules;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.value.RowCursor;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the user's code: procedures, what schedules call, and what is done when clients come and go. Threading: tick
 * thread.
 */
final class WorldCalls {
    private static final Logger LOG = LoggerFactory.getLogger(WorldCalls.class);

    private final Registry registry;
    private final ProcedureContext context;
    private final RowCursor scheduled = new RowCursor();

    WorldCalls(final Registry registry, final ProcedureContext context) {
        this.registry = registry;
        this.context = context;
    }

    /** LIFE, RUN_SCHEDULE or SKIP_SCHEDULE. */
    Object apply(final byte op, final CommandReader in) {
        if (op == CommandOp.LIFE) {
            live(in);
            return null;
        }
        final long id = in.readLong();
        if (op == CommandOp.SKIP_SCHEDULE) {
            context.schedules().advance(id, in.readText());
            return null;
        }
        final Schedules.Due due = context.schedules().advance(id, null);
        final byte[] parameters = due.parameters();
        return call(due.procedure(), scheduled.wrap(new UnsafeBuffer(parameters), 0, parameters.length));
    }

    private void live(final CommandReader in) {
        final LifeEvent event = LifeEvent.of(in.readByte());
        context.client(new Client(in.readText(), in.readLong()));
        if (event == null) {
            throw new DbException(ErrorCode.INVALID_REQUEST, "command names no event of a client");
        }
        context.watch().begin("clients that come and go", true);
        try {
            for (final Consumer<ProcedureContext> body : registry.on(event)) {
                body.accept(context);
                context.watch().check();
            }
        } catch (final DbException e) {
            throw e;
        } catch (final Throwable e) {
            throw failed("module's code for clients that come and go", event.toString(), e);
        } finally {
            context.watch().end();
        }
    }

    /**
     * Calls a procedure.
     *
     * @throws DbException PROCEDURE_NOT_FOUND; PROCEDURE_FAILED it threw, or took too long; or what it threw
     */
    Object call(final String name, final RowCursor parameters) {
        final Procedure<?, ?> procedure = registry.procedure(name);
        if (procedure == null) {
            throw registry.procedureNotFound(name);
        }
        context.watch().begin(name, true);
        try {
            final Object result = procedure.call(context, parameters);
            context.watch().check();
            return result;
        } catch (final DbException e) {
            throw e;
        } catch (final Throwable e) {
            throw failed("procedure", name, e);
        } finally {
            context.watch().end();
        }
    }

    private DbException failed(final String what, final String name, final Throwable e) {
        LOG.warn("{} {} failed in tick {}; its changes are taken back", what, name, context.tick(), e);
        final String text = e instanceof CallTimeout
                ? what + " was ended, since it took too long: " + what + "=" + name + ", cause=" + e.getMessage()
                        + "; nothing has changed: let it do less, or raise the limit of calls"
                : what + " failed: " + what + "=" + name + ", cause=" + e + "; nothing has changed";
        return new DbException(ErrorCode.PROCEDURE_FAILED, text, e).with("procedure", name);
    }
}
