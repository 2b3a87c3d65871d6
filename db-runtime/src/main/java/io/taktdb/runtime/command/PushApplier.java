package io.taktdb.runtime.command;

import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.evolution.PushFit;
import io.taktdb.types.evolution.PushLattice;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/**
 * Schema-later push: makes the collection and its columns fit the values, then inserts the rows, all in one
 * transaction.
 *
 * <p>Three passes over the rows: find the type that each key's column must have, change the schema once, insert.
 * Threading: tick thread.
 */
final class PushApplier {
    /** The most columns of a collection that push makes. */
    static final int MAX_COLUMNS = 1000;

    /** The column that every collection made by push has: when the record was inserted. */
    static final String CREATED_AT = "created_at";

    private final Database database;
    private final PushFit fit = new PushFit();
    private final ExpandableArrayBuffer fitted = new ExpandableArrayBuffer(256);
    private final ExpandableArrayBuffer row = new ExpandableArrayBuffer(1024);
    private final RowWriter writer = new RowWriter();
    private final RowCursor built = new RowCursor();

    PushApplier(final Database database) {
        this.database = database;
    }

    void apply(final CommandReader in, final Submission out, final long timeMicros) {
        final String collection = Names.require("collection", in.readText());
        final List<String> keys = readKeys(in);
        final int rows = in.readCount();
        final int firstRow = in.position();
        final TableSchema before = database.schema().table(collection);
        final boolean created = before == null;
        final FieldType[] wanted = currentTypes(before, keys);
        boolean widened = true;
        while (widened) {
            widened = false;
            in.wrap(in.buffer(), firstRow, in.limit());
            for (int i = 0; i < rows; i++) {
                in.skip(1 + Long.BYTES);
                widened |= widen(in.row(), wanted);
                in.endRow();
            }
        }
        final PushResult result = changeSchema(collection, before, keys, wanted);
        in.wrap(in.buffer(), firstRow, in.limit());
        insertRows(in, out, database.table(collection), keys, wanted, rows, timeMicros);
        out.result(new PushResult(created, result.added(), result.widened()));
    }

    private static List<String> readKeys(final CommandReader in) {
        final int count = in.readCount();
        final List<String> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(Names.require("column", in.readText()));
        }
        return keys;
    }

    private static FieldType[] currentTypes(final TableSchema table, final List<String> keys) {
        final FieldType[] types = new FieldType[keys.size()];
        for (int i = 0; i < types.length; i++) {
            final Field field = table == null ? null : table.field(keys.get(i));
            types[i] = field == null ? null : field.type();
        }
        return types;
    }

    /**
     * Widens the wanted types until each value of the row fits its column exactly.
     *
     * @return whether a type became wider, so that rows before must be looked at again
     */
    private boolean widen(final RowCursor values, final FieldType[] wanted) {
        boolean widened = false;
        while (values.next()) {
            final ValueCursor value = values.value();
            if (value.isNull()) {
                continue;
            }
            final int key = requireKey(values.fieldId(), wanted.length);
            if (wanted[key] == null) {
                wanted[key] = PushLattice.typeOf(value.kind());
                continue;
            }
            if (!fits(value, wanted[key])) {
                FieldType wider = PushLattice.join(wanted[key], value.kind());
                while (!fits(value, wider)) {
                    wider = PushLattice.next(wider);
                }
                wanted[key] = wider;
                widened = true;
            }
        }
        return widened;
    }

    private static int requireKey(final int key, final int keys) {
        if (key < 0 || key >= keys) {
            throw new DbException(ErrorCode.INVALID_REQUEST, "push names no such key: key=" + key + ", keys=" + keys);
        }
        return key;
    }

    private boolean fits(final ValueCursor value, final FieldType type) {
        return fit.fit(value.kind(), value.buffer(), value.offset(), value.length(), type, fitted, 0) >= 0;
    }

    private PushResult changeSchema(
            final String collection, final TableSchema before, final List<String> keys, final FieldType[] wanted) {
        final List<SchemaChange> changes = new ArrayList<>();
        final List<PushResult.Column> added = new ArrayList<>();
        final List<PushResult.Column> widened = new ArrayList<>();
        final List<FieldSpec> fields = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] == null) {
                continue;
            }
            final String name = keys.get(i);
            final String type = wanted[i].spelling();
            final Field field = before == null ? null : before.field(name);
            if (field == null) {
                fields.add(FieldSpec.of(name, type).asOptional());
                added.add(new PushResult.Column(name, type, null));
            } else if (!field.type().equals(wanted[i])) {
                changes.add(new SchemaChange.WidenField(collection, name, type));
                widened.add(new PushResult.Column(name, type, field.type().spelling()));
            }
        }
        checkColumns(collection, before, fields.size());
        if (before == null) {
            if (fields.stream().noneMatch(field -> Names.fold(field.name()).equals(CREATED_AT))) {
                fields.add(FieldSpec.of(CREATED_AT, ScalarType.TIMESTAMP.spelling())
                        .asOptional());
            }
            changes.add(new SchemaChange.CreateTable(collection, fields, Map.of(), TableSchema.UNLIMITED_ROWS));
        } else {
            fields.forEach(field -> changes.add(new SchemaChange.AddField(collection, field)));
        }
        changeExactly(changes, wanted, keys, widened);
        return new PushResult(before == null, added, widened);
    }

    /** Applies the changes; a column whose old values have no exact counterpart in the wider type gets a wider one. */
    private void changeExactly(
            final List<SchemaChange> changes,
            final FieldType[] wanted,
            final List<String> keys,
            final List<PushResult.Column> widened) {
        while (!changes.isEmpty()) {
            try {
                database.change(changes);
                return;
            } catch (final DbException e) {
                final int key = e.code() == ErrorCode.SCHEMA_MISMATCH
                        ? keys.indexOf(String.valueOf(e.attributes().get("field")))
                        : -1;
                if (key < 0 || wanted[key] == null) {
                    throw e;
                }
                final String name = keys.get(key);
                wanted[key] = PushLattice.next(wanted[key]);
                final String type = wanted[key].spelling();
                changes.replaceAll(change -> change instanceof SchemaChange.WidenField wide
                                && wide.field().equals(name)
                        ? new SchemaChange.WidenField(wide.table(), name, type)
                        : change);
                widened.replaceAll(column ->
                        column.name().equals(name) ? new PushResult.Column(name, type, column.from()) : column);
            }
        }
    }

    private static void checkColumns(final String collection, final TableSchema before, final int added) {
        final int columns = added + (before == null ? 0 : before.fields().size());
        if (added > 0 && columns > MAX_COLUMNS) {
            throw new DbException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "too many columns: collection=" + collection + ", columns=" + columns + ", limit="
                                    + MAX_COLUMNS + "; nest the values, or declare the table")
                    .with("collection", collection);
        }
    }

    private void insertRows(
            final CommandReader in,
            final Submission out,
            final Table table,
            final List<String> keys,
            final FieldType[] wanted,
            final int rows,
            final long timeMicros) {
        final Field[] fields = new Field[keys.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = wanted[i] == null ? null : table.schema().field(keys.get(i));
        }
        final int createdAt = keys.contains(CREATED_AT) ? -1 : table.schema().indexOf(CREATED_AT);
        final boolean stamps =
                createdAt >= 0 && table.schema().fields().get(createdAt).type() == ScalarType.TIMESTAMP;
        out.replyBuffer().putInt(0, rows, ByteOrder.LITTLE_ENDIAN);
        out.replyLength(Integer.BYTES);
        for (int i = 0; i < rows; i++) {
            final boolean hasId = in.readByte() != 0;
            final long given = in.readLong();
            writer.wrap(row, 0);
            fitRow(in.row(), fields, wanted);
            in.endRow();
            if (stamps) {
                writer.field(table.schema().fields().get(createdAt).id())
                        .putScalar(ValueKind.of(ScalarType.TIMESTAMP), timeMicros);
            }
            built.wrap(row, 0, writer.finish());
            try {
                ReplyWriter.appendId(out, insert(table, hasId, given));
            } catch (final DbException e) {
                throw rows == 1 ? e : e.with("record", i);
            }
        }
    }

    private long insert(final Table table, final boolean hasId, final long given) {
        if (hasId) {
            table.writes().insert(given, built);
            return given;
        }
        return table.writes().insert(built);
    }

    private void fitRow(final RowCursor values, final Field[] fields, final FieldType[] wanted) {
        while (values.next()) {
            final Field field = fields[values.fieldId()];
            if (field == null) {
                continue;
            }
            final ValueCursor value = values.value();
            writer.field(field.id());
            if (value.isNull()) {
                writer.putNull();
                continue;
            }
            final int end = fit.fit(
                    value.kind(),
                    value.buffer(),
                    value.offset(),
                    value.length(),
                    wanted[values.fieldId()],
                    row,
                    writer.position());
            writer.position(end);
        }
    }
}
