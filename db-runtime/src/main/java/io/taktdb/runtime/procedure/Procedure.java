package io.taktdb.runtime.procedure;

import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.ExpandableArrayBuffer;

/** One registered procedure with its shape and figures. Threading: called on the tick thread; figures by any. */
public final class Procedure<P extends Record, R> {
    private final ProcedureInfo info;
    private final RecordShape<P> shape;
    private final ProcedureBody<P, R> body;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder totalNs = new LongAdder();

    Procedure(final ProcedureInfo info, final RecordShape<P> shape, final ProcedureBody<P, R> body) {
        this.info = info;
        this.shape = shape;
        this.body = body;
    }

    public ProcedureInfo info() {
        return info;
    }

    /**
     * Writes the parameters of a call.
     *
     * @throws io.taktdb.types.error.DbException SCHEMA_MISMATCH they do not fit
     */
    public void write(final Record parameters, final RowWriter row) {
        shape.write(parameters, row);
    }

    /** Runs the body with parameters from a command. */
    public Object call(final ProcedureContext context, final RowCursor parameters) {
        final long startNs = System.nanoTime();
        boolean done = false;
        try {
            final Object result = body.call(context, shape.read(parameters));
            done = true;
            return result;
        } finally {
            calls.increment();
            totalNs.add(System.nanoTime() - startNs);
            if (!done) {
                failures.increment();
            }
        }
    }

    /** Runs the body as a part of another call. */
    Object within(final ProcedureContext context, final Record parameters) {
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(64);
        final RowWriter values = new RowWriter().wrap(bytes, 0);
        write(parameters, values);
        return call(context, new RowCursor().wrap(bytes, 0, values.finish()));
    }

    /** Calls so far, failed ones included. */
    public long calls() {
        return calls.sum();
    }

    /** Calls that threw. */
    public long failures() {
        return failures.sum();
    }

    /** Nanoseconds spent in all calls. */
    public long totalNs() {
        return totalNs.sum();
    }
}
