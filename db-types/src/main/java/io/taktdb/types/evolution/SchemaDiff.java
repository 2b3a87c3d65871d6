package io.taktdb.types.evolution;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.DropType;
import io.taktdb.types.schema.SchemaChange.WidenField;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The steps from the schema that there is to the one that a client wants.
 *
 * <p>Things are the same when they have the same name: a rename shows as a drop and a new one. A field whose new type
 * is not wider is dropped and made again. The order of tables and fields is no difference. Threading: pure.
 */
public final class SchemaDiff {
    /**
     * One step.
     *
     * @param losesData whether values go that no later step brings back
     */
    public record Step(SchemaChange change, boolean losesData) {}

    private final Schema current;
    private final Schema wanted;
    private final List<Step> steps = new ArrayList<>();

    private SchemaDiff(final Schema current, final Schema wanted) {
        this.current = current;
        this.wanted = wanted;
    }

    /**
     * The steps in an order in which they can be applied; empty if there is no difference.
     *
     * @throws DbException CONFLICT a difference that no change bridges: another definition of a type, or other options
     *     of a table or field
     */
    public static List<Step> between(final Schema current, final Schema wanted) {
        final SchemaDiff diff = new SchemaDiff(current, wanted);
        final IndexDiff indexes = new IndexDiff(current, wanted);
        diff.steps.addAll(indexes.drops());
        diff.dropTables();
        diff.dropFields();
        diff.changeFields();
        diff.dropTypes();
        diff.createTypes();
        diff.addFields();
        diff.createTables();
        diff.steps.addAll(indexes.creations());
        return List.copyOf(diff.steps);
    }

    private void dropTables() {
        for (final String name : current.tables().keySet()) {
            if (wanted.table(name) == null) {
                steps.add(new Step(new DropTable(name), true));
            }
        }
    }

    private void createTypes() {
        for (final FieldType type : wanted.types().values()) {
            final FieldType old = current.types().get(type.spelling());
            if (old == null) {
                steps.add(new Step(wish(type), false));
            } else if (!old.equals(type)) {
                throw cannotChange("type=" + type.spelling(), "definition");
            }
        }
    }

    private static SchemaChange wish(final FieldType type) {
        if (type instanceof EnumType listed) {
            return new CreateEnum(listed.name(), listed.names());
        }
        final CompositeType composite = (CompositeType) type;
        final List<FieldSpec> members = composite.members().stream()
                .map(member -> FieldSpec.of(member.name(), member.type().spelling()))
                .toList();
        return new CreateComposite(composite.name(), members);
    }

    /** Nothing uses these by now but composites, which were made after those that they use. */
    private void dropTypes() {
        final List<String> names = new ArrayList<>(current.types().keySet());
        for (int i = names.size() - 1; i >= 0; i--) {
            if (!wanted.types().containsKey(names.get(i))) {
                steps.add(new Step(new DropType(names.get(i)), false));
            }
        }
    }

    private void createTables() {
        for (final TableSchema table : wanted.tables().values()) {
            if (current.table(table.name()) == null) {
                final List<FieldSpec> fields =
                        table.fields().stream().map(SchemaDiff::wish).toList();
                final List<IndexSpec> indexes = table.indexes().stream()
                        .map(index -> IndexDiff.wish(table, index))
                        .toList();
                final SchemaChange create =
                        new CreateTable(table.name(), fields, table.groups(), table.maxRows(), indexes);
                steps.add(new Step(create, false));
            }
        }
    }

    private static FieldSpec wish(final Field field) {
        return new FieldSpec(
                field.name(), field.type().spelling(), field.optional(), field.defaultJson(), field.group());
    }

    /** Fields that are not wanted, or only with a type that does not hold their values. */
    private void dropFields() {
        for (final TableSchema table : keptTables()) {
            for (final Field field : current.table(table.name()).fields()) {
                if (!stays(field, table.field(field.name()))) {
                    steps.add(new Step(new DropField(table.name(), field.name()), true));
                }
            }
        }
    }

    private void addFields() {
        for (final TableSchema table : keptTables()) {
            for (final Field field : table.fields()) {
                if (!stays(current.table(table.name()).field(field.name()), field)) {
                    steps.add(new Step(new AddField(table.name(), wish(field)), false));
                }
            }
        }
    }

    private void changeFields() {
        for (final TableSchema table : keptTables()) {
            final TableSchema old = current.table(table.name());
            requireSame("table=" + table.name(), "maxRows", old.maxRows(), table.maxRows());
            requireSame("table=" + table.name(), "groups", old.groups(), table.groups());
            for (final Field field : table.fields()) {
                if (stays(old.field(field.name()), field)) {
                    changeField(table.name(), old.field(field.name()), field);
                }
            }
        }
    }

    private void changeField(final String table, final Field old, final Field field) {
        Field widened = old;
        if (!old.type().equals(field.type())) {
            steps.add(new Step(new WidenField(table, field.name(), field.type().spelling()), false));
            widened = old.retyped(field.type(), FieldEvolution.widenedDefault(table, old, field.type()));
        }
        final String where = "table=" + table + ", field=" + field.name();
        requireSame(where, "optional", widened.optional(), field.optional());
        requireSame(where, "default", widened.defaultJson(), field.defaultJson());
        requireSame(where, "group", widened.group(), field.group());
    }

    /** The wanted tables that there are already. */
    private List<TableSchema> keptTables() {
        return wanted.tables().values().stream()
                .filter(table -> current.table(table.name()) != null)
                .toList();
    }

    private static boolean stays(final Field old, final Field field) {
        return old != null && field != null && Widening.mayWiden(old.type(), field.type());
    }

    private static void requireSame(final String where, final String what, final Object old, final Object now) {
        if (!Objects.equals(old, now)) {
            throw cannotChange(where, what);
        }
    }

    private static DbException cannotChange(final String where, final String what) {
        return new DbException(
                ErrorCode.CONFLICT,
                "cannot be changed in place: " + where + ", property=" + what
                        + "; keep it as it is, or make another under a new name");
    }
}
