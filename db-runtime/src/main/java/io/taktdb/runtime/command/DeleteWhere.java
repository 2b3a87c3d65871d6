package io.taktdb.runtime.command;

import io.taktdb.core.table.RowFilter;
import io.taktdb.core.table.RowQuery;
import io.taktdb.core.table.Table;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.ValueKind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongArrayList;

/** Deletes the rows that fulfil conditions, found as every query finds them. Threading: tick thread. */
final class DeleteWhere {
    /** The field id that means the record's id. */
    static final int ID = -1;

    /** The length that means null. */
    static final int NULL = -1;

    private static final RowFilter.Op[] OPS = RowFilter.Op.values();

    private DeleteWhere() {}

    /**
     * Reads the conditions and deletes.
     *
     * @return how many rows
     * @throws DbException CONFLICT referred to, or a field has another type by now; FIELD_NOT_FOUND
     */
    static long apply(final Table table, final CommandReader in) {
        final RowQuery query = new RowQuery(table);
        for (int left = in.readCount(); left > 0; left--) {
            query.where(filter(table.schema(), in));
        }
        final LongArrayList ids = new LongArrayList();
        while (query.next()) {
            ids.addLong(query.row().id());
        }
        return table.writes().deleteAll(ids);
    }

    private static RowFilter filter(final TableSchema table, final CommandReader in) {
        final int position = position(table, in.readInt(), in.readByte());
        final FieldType type = position == RowFilter.ID
                ? ScalarType.U64
                : table.fields().get(position).type();
        final int op = in.readByte();
        if (op < 0 || op >= OPS.length) {
            throw new DbException(ErrorCode.INVALID_REQUEST, "unknown comparison: op=" + op);
        }
        final int count = in.readCount();
        final List<byte[]> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final int length = in.readInt();
            if (length != NULL && !type.isVariable() && length != type.rowBytes()) {
                throw changed(table, table.fields().get(position));
            }
            values.add(length == NULL ? null : in.readBytes(length));
        }
        return new RowFilter(table, position, OPS[op], values);
    }

    private static int position(final TableSchema table, final int fieldId, final byte kind) {
        if (fieldId == ID) {
            return RowFilter.ID;
        }
        for (final Field field : table.fields()) {
            if (field.id() == fieldId) {
                if (ValueKind.of(field.type()) != kind) {
                    throw changed(table, field);
                }
                return table.indexOf(field.name());
            }
        }
        throw new DbException(
                ErrorCode.FIELD_NOT_FOUND,
                "field was dropped meanwhile: table=" + table.name() + ", field id=" + fieldId
                        + "; read the schema again");
    }

    private static DbException changed(final TableSchema table, final Field field) {
        return new DbException(
                        ErrorCode.CONFLICT,
                        "field has another type by now: table=" + table.name() + ", field=" + field.name() + ", type="
                                + field.type().spelling() + "; send the request again")
                .with("field", field.name());
    }
}
