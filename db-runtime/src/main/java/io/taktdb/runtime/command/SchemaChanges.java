package io.taktdb.runtime.command;

import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import java.util.List;

/** What a command changes in the schema, read without applying it. Threading: tick thread. */
public final class SchemaChanges {
    private static final List<SchemaChange> NONE = List.of();

    private SchemaChanges() {}

    /**
     * The changes of a SCHEMA, or of one that IF_SCHEMA lets pass; none for every other command.
     *
     * @param now the schema that IF_SCHEMA is compared with
     * @throws io.taktdb.types.error.DbException the command is damaged, or its condition does not hold
     */
    public static List<SchemaChange> of(final Submission submission, final Schema now) {
        if (!mayChange(submission)) {
            return NONE;
        }
        final CommandReader in = new CommandReader().wrap(submission.command(), 0, submission.length());
        byte op = in.readByte();
        if (op == CommandOp.IF_SCHEMA) {
            Conditions.requireSchema(in, now);
            op = in.readByte();
        }
        return op == CommandOp.SCHEMA ? read(in) : NONE;
    }

    /** Whether a command may be one that changes the schema: cheap, for every command that comes. */
    public static boolean mayChange(final Submission submission) {
        final byte op = submission.length() == 0 ? 0 : submission.command().getByte(0);
        return op == CommandOp.SCHEMA || op == CommandOp.IF_SCHEMA;
    }

    /** Reads the rest of SCHEMA. */
    static List<SchemaChange> read(final CommandReader in) {
        final byte[] json = new byte[in.readCount()];
        in.buffer().getBytes(in.position(), json);
        in.skip(json.length);
        return SchemaJson.changesFromBytes(json, 0, json.length);
    }
}
