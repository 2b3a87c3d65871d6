package io.taktdb.types.evolution;

import io.taktdb.types.evolution.SchemaDiff.Step;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.DropIndex;
import io.taktdb.types.schema.SchemaChange.DropRelation;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps between the indexes and relations of two schemas: what goes before all other steps, what comes after them.
 *
 * <p>Indexes are the same when name, fields, kind and uniqueness are; relations when the names of their tables and
 * field and their action are. What stands on a field that is made again is made again. Threading: pure.
 */
final class IndexDiff {
    private final Schema current;
    private final Schema wanted;

    IndexDiff(final Schema current, final Schema wanted) {
        this.current = current;
        this.wanted = wanted;
    }

    /** Relations and indexes that go; no values go with them. */
    List<Step> drops() {
        final List<Step> steps = new ArrayList<>();
        for (final Relation relation : current.relations()) {
            if (!stays(relation)) {
                steps.add(new Step(new DropRelation(relation.id()), false));
            }
        }
        for (final TableSchema table : current.tables().values()) {
            final TableSchema other = wanted.table(table.name());
            for (final IndexSchema index : table.indexes()) {
                if (other != null && !stays(table, other, wish(table, index))) {
                    steps.add(new Step(new DropIndex(table.name(), index.name()), false));
                }
            }
        }
        return steps;
    }

    /** Indexes of tables that there are already, and relations. */
    List<Step> creations() {
        final List<Step> steps = new ArrayList<>();
        for (final TableSchema table : wanted.tables().values()) {
            final TableSchema old = current.table(table.name());
            for (final IndexSchema index : table.indexes()) {
                final IndexSpec wish = wish(table, index);
                if (old != null && !(has(old, wish) && stays(old, table, wish))) {
                    steps.add(new Step(new CreateIndex(table.name(), wish), false));
                }
            }
        }
        for (final Relation relation : wanted.relations()) {
            final CreateRelation wish = wish(wanted, relation);
            if (current.relations().stream().noneMatch(old -> wish(current, old).equals(wish) && stays(old))) {
                steps.add(new Step(wish, false));
            }
        }
        return steps;
    }

    private static boolean stays(final TableSchema old, final TableSchema table, final IndexSpec index) {
        return has(table, index) && index.fields().stream().allMatch(field -> isKept(old, table, field));
    }

    private static boolean has(final TableSchema table, final IndexSpec wish) {
        return table.indexes().stream().anyMatch(index -> wish(table, index).equals(wish));
    }

    private boolean stays(final Relation relation) {
        final CreateRelation wish = wish(current, relation);
        final TableSchema source = wanted.table(wish.sourceTable());
        return wanted.relations().stream().anyMatch(other -> wish(wanted, other).equals(wish))
                && isKept(current.table(wish.sourceTable()), source, wish.sourceField());
    }

    /** Whether a field is in both tables and need not be made again. */
    private static boolean isKept(final TableSchema old, final TableSchema table, final String name) {
        final Field before = old.field(name);
        final Field after = table.field(name);
        return before != null && after != null && Widening.mayWiden(before.type(), after.type());
    }

    static IndexSpec wish(final TableSchema table, final IndexSchema index) {
        final List<String> names =
                IndexRules.fieldsOf(table, index).stream().map(Field::name).toList();
        return new IndexSpec(index.name(), names, index.kind(), index.unique());
    }

    private static CreateRelation wish(final Schema schema, final Relation relation) {
        final TableSchema source = schema.tableById(relation.sourceTableId());
        return new CreateRelation(
                source.name(),
                source.fieldById(relation.sourceFieldId()).name(),
                schema.tableById(relation.destinationTableId()).name(),
                relation.onDelete(),
                relation.isByType());
    }
}
