package io.taktdb.core.transaction;

import io.taktdb.core.table.FirstIds;
import io.taktdb.core.table.Referrers;
import io.taktdb.core.table.RowWatch;
import io.taktdb.core.table.Table;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;

/**
 * Keeps the promises of relations.
 *
 * <pre>
 *   written ──► noted ──► check(), at the end of the transaction: is what it refers to there?
 *   deleted ──► noted ──► end(): who refers to it, by the index? cascade: deleted, which is noted in turn;
 *                         set null: changed; restrict: whoever is left then is in the way
 * </pre>
 *
 * So records of one transaction may refer to each other in any order, and a delete may take along records that are in
 * its way. What is noted for check() need not be undone: to check more records than were written is harmless.
 * Threading: tick thread.
 */
final class References implements RowWatch {
    private static final List<Reference> NONE = List.of();

    private final Database database;
    private final Int2ObjectHashMap<List<Reference>> outgoing = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<List<Reference>> incoming = new Int2ObjectHashMap<>();
    private final IntArrayList writtenTables = new IntArrayList();
    private final LongArrayList writtenIds = new LongArrayList();
    private final IntArrayList deletedTables = new IntArrayList();
    private final LongArrayList deletedIds = new LongArrayList();
    private final LongArrayList found = new LongArrayList();
    private Schema learned = Schema.EMPTY;
    private int depth;

    References(final Database database) {
        this.database = database;
    }

    @SuppressWarnings("ReferenceEquality") // the very schema, whose tables these are
    private void learn() {
        final Schema schema = database.schema();
        if (schema != learned) {
            learned = schema;
            outgoing.clear();
            incoming.clear();
            for (final Relation relation : schema.relations()) {
                final Reference reference = resolve(relation);
                add(outgoing, relation.sourceTableId(), reference);
                add(incoming, relation.destinationTableId(), reference);
            }
        }
    }

    private Reference resolve(final Relation relation) {
        return new Reference(
                relation,
                database.tableById(relation.sourceTableId()),
                database.tableById(relation.destinationTableId()));
    }

    private static void add(
            final Int2ObjectHashMap<List<Reference>> map, final int tableId, final Reference reference) {
        map.computeIfAbsent(tableId, id -> new ArrayList<>()).add(reference);
    }

    private static List<Reference> of(final Int2ObjectHashMap<List<Reference>> map, final int tableId) {
        final List<Reference> references = map.get(tableId);
        return references == null ? NONE : references;
    }

    @Override
    public void written(final Table table, final long id) {
        learn();
        final int tableId = table.schema().id();
        if (outgoing.containsKey(tableId)) {
            writtenTables.addInt(tableId);
            writtenIds.addLong(id);
        }
    }

    /**
     * Checks that what was written refers to records that exist.
     *
     * @throws DbException CONFLICT naming relation, table, field and record
     */
    void check() {
        check(0, writtenIds.size());
        forget();
    }

    /** How many records were noted as written. */
    int written() {
        return writtenIds.size();
    }

    /** Checks those that were noted from one count to another. */
    void check(final int from, final int to) {
        if (from == to) {
            return;
        }
        learn();
        for (int i = from; i < to; i++) {
            final int tableId = writtenTables.getInt(i);
            for (final Reference reference : of(outgoing, tableId)) {
                final long row = reference.source().rowOf(writtenIds.getLong(i));
                if (row >= 0 && reference.isDangling(row)) {
                    throw dangling(reference);
                }
            }
        }
    }

    /** Forgets all that was noted: it was checked, or is taken back. Not to be called between begin and end. */
    void forget() {
        writtenTables.clear();
        writtenIds.clear();
        depth = 0;
        forgetDeletes();
    }

    private void forgetDeletes() {
        deletedTables.clear();
        deletedIds.clear();
    }

    private DbException dangling(final Reference reference) {
        final String id = Long.toUnsignedString(reference.id());
        final String value = Long.toUnsignedString(reference.value());
        return error(
                        "record refers to one that does not exist",
                        reference,
                        ", id=" + id + ", value=" + value + "; insert that one first, or refer to another")
                .with("id", id)
                .with("value", value);
    }

    /**
     * Checks all rows that a new relation starts from.
     *
     * @throws DbException CONFLICT naming the first ten that refer to none that exists
     */
    void checkAll(final Relation relation) {
        final Reference reference = resolve(relation);
        final FirstIds dangling = new FirstIds();
        for (long row = 0; row < reference.source().rowCount(); row++) {
            if (reference.isDangling(row)) {
                dangling.add(reference.id());
            }
        }
        if (!dangling.isEmpty()) {
            throw error(
                            "records refer to some that do not exist",
                            reference,
                            ", first ids=" + dangling.list() + "; change or delete these first")
                    .with("ids", dangling.list());
        }
    }

    @Override
    public void begin() {
        depth++;
    }

    @Override
    public void deleted(final Table table, final long id) {
        learn();
        final int tableId = table.schema().id();
        if (incoming.containsKey(tableId)) {
            deletedTables.addInt(tableId);
            deletedIds.addLong(id);
        }
    }

    @Override
    public void end() {
        if (depth == 1 && !deletedIds.isEmpty()) {
            for (int i = 0; i < deletedIds.size(); i++) {
                for (final Reference reference : of(incoming, deletedTables.getInt(i))) {
                    follow(reference, deletedIds.getLong(i));
                }
            }
            for (int i = 0; i < deletedIds.size(); i++) {
                for (final Reference reference : of(incoming, deletedTables.getInt(i))) {
                    requireNone(reference, deletedIds.getLong(i));
                }
            }
        }
        abandon();
    }

    @Override
    public void abandon() {
        depth--;
        if (depth == 0) {
            forgetDeletes();
        }
    }

    private void follow(final Reference reference, final long id) {
        final Referrers referrers = reference.referrers();
        found.clear();
        switch (reference.relation().onDelete()) {
            case CASCADE -> {
                findAll(referrers, id);
                for (int i = 0; i < found.size(); i++) {
                    reference.source().writes().delete(found.getLong(i));
                }
            }
            case SET_NULL -> {
                findAll(referrers, id);
                for (int i = 0; i < found.size(); i++) {
                    reference.setNull(found.getLong(i));
                }
            }
            case RESTRICT -> {
                // judged when all that goes is gone
            }
        }
    }

    /** The walk ends before the table changes. */
    private void findAll(final Referrers referrers, final long id) {
        for (boolean at = referrers.seek(id); at; at = referrers.next()) {
            found.addLong(referrers.id());
        }
    }

    private void requireNone(final Reference reference, final long id) {
        final Referrers referrers = reference.referrers();
        if (!referrers.seek(id)) {
            return;
        }
        final FirstIds first = new FirstIds();
        for (boolean at = true; at && !first.isFull(); at = referrers.next()) {
            first.add(referrers.id());
        }
        throw error(
                        "record is referred to",
                        reference,
                        ", first ids=" + first.list() + ", deleted id=" + Long.toUnsignedString(id)
                                + "; delete or change these first")
                .with("ids", first.list())
                .with("id", Long.toUnsignedString(id));
    }

    private DbException error(final String fact, final Reference reference, final String rest) {
        final String table = reference.source().schema().name();
        return new DbException(
                        ErrorCode.CONFLICT,
                        fact + ": relation=" + database.schema().describe(reference.relation()) + ", table=" + table
                                + ", field=" + reference.field() + rest)
                .with("relation", reference.relation().id())
                .with("table", table)
                .with("field", reference.field());
    }
}
