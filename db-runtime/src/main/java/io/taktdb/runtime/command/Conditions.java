package io.taktdb.runtime.command;

import io.taktdb.core.table.RecordHash;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Schema;

/** What must hold before a command is applied, see IF_SCHEMA and IF_RECORD. Threading: tick thread. */
final class Conditions {
    private Conditions() {}

    /**
     * Reads IF_SCHEMA.
     *
     * @throws DbException PRECONDITION_FAILED
     */
    static void requireSchema(final CommandReader in, final Schema schema) {
        final int version = in.readInt();
        if (schema.version() != version) {
            throw new DbException(
                            ErrorCode.PRECONDITION_FAILED,
                            "schema has changed: expected version=" + version + ", version=" + schema.version()
                                    + "; read it again")
                    .with("version", schema.version());
        }
    }

    /**
     * Reads the rest of IF_RECORD.
     *
     * @throws DbException PRECONDITION_FAILED; RECORD_NOT_FOUND
     */
    static void requireRecord(final CommandReader in, final Table table) {
        final long id = in.readLong();
        final int count = in.readCount();
        final RowReader reader = table.reader().require(id);
        final long hash = RecordHash.of(reader, table.schema().fields());
        boolean matches = false;
        for (int i = 0; i < count; i++) {
            matches |= in.readLong() == hash;
        }
        if (!matches) {
            throw new DbException(
                            ErrorCode.PRECONDITION_FAILED,
                            "record has changed: table=" + table.schema().name() + ", id=" + Long.toUnsignedString(id)
                                    + "; read it again, and send its new ETag")
                    .with("table", table.schema().name())
                    .with("id", Long.toUnsignedString(id));
        }
    }
}
