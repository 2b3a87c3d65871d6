package io.taktdb.core.transaction;

import io.taktdb.core.table.Referrers;
import io.taktdb.core.table.RowEditor;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.TableSchema;

/**
 * A relation with what it takes to follow it in the running version.
 *
 * <p>Threading: tick thread, while the schema stands.
 */
final class Reference {
    private final Relation relation;
    private final Table source;
    private final Table destination;
    private final int position;
    private final RowReader reader;
    private final RowEditor editor;
    private final Referrers referrers;

    Reference(final Relation relation, final Table source, final Table destination) {
        final TableSchema schema = source.schema();
        this.relation = relation;
        this.source = source;
        this.destination = destination;
        this.position =
                schema.indexOf(schema.fieldById(relation.sourceFieldId()).name());
        this.reader = source.reader();
        this.editor = source.editor();
        this.referrers = new Referrers(source, relation.sourceFieldId());
    }

    Relation relation() {
        return relation;
    }

    Table source() {
        return source;
    }

    /** Name of the field that refers. */
    String field() {
        return source.schema().fields().get(position).name();
    }

    /** The records that refer to one. */
    Referrers referrers() {
        return referrers;
    }

    /** Whether the record in a row refers to none that exists. {@link #value} is the id then. */
    boolean isDangling(final long row) {
        return reader.seekRow(row) && !reader.isNull(position) && destination.rowOf(reader.getLong(position)) < 0;
    }

    /** What the last record refers to. */
    long value() {
        return reader.getLong(position);
    }

    /** Id of the last record. */
    long id() {
        return reader.id();
    }

    /** Makes a record refer to none. */
    void setNull(final long id) {
        editor.require(id).setNull(position);
    }
}
