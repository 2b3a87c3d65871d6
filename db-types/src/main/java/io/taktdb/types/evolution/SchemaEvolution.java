package io.taktdb.types.evolution;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.RelationRules;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropIndex;
import io.taktdb.types.schema.SchemaChange.DropRelation;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.DropType;
import io.taktdb.types.schema.SchemaChange.RenameField;
import io.taktdb.types.schema.SchemaChange.RenameTable;
import io.taktdb.types.schema.SchemaChange.WidenField;
import io.taktdb.types.schema.SpecResolver;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.TypeParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Applies one change to a schema: checks everything, and answers a new schema whose version is one higher.
 *
 * <p>A change that is refused leaves no trace, since schemas never change. Ids of tables and fields are given once:
 * a name that is dropped and made again is another table or field. Threading: pure.
 */
public final class SchemaEvolution {
    private SchemaEvolution() {}

    /**
     * The schema after a change.
     *
     * @throws DbException INVALID_NAME, INVALID_SCHEMA, ALREADY_EXISTS, TABLE_NOT_FOUND, FIELD_NOT_FOUND,
     *     TYPE_NOT_FOUND, INDEX_NOT_FOUND, RELATION_NOT_FOUND, CONFLICT or LIMIT_EXCEEDED
     */
    public static Schema apply(final Schema schema, final SchemaChange change) {
        if (change instanceof CreateTable c) {
            return createTable(schema, c);
        } else if (change instanceof DropTable c) {
            return dropTable(schema, c);
        } else if (change instanceof RenameTable c) {
            return renameTable(schema, c);
        } else if (change instanceof AddField c) {
            final TableSchema table = FieldEvolution.add(schema.requireTable(c.table()), c.field(), schema.types());
            return RelationRules.addRefs(schema.withTable(table), c.table(), List.of(c.field()))
                    .nextVersion();
        } else if (change instanceof DropField c) {
            return dropField(schema, c);
        } else if (change instanceof RenameField c) {
            return replace(schema, FieldEvolution.rename(schema.requireTable(c.table()), c.field(), c.newName()));
        } else if (change instanceof WidenField c) {
            return widenField(schema, c);
        }
        return applyOther(schema, change);
    }

    private static Schema applyOther(final Schema schema, final SchemaChange change) {
        if (change instanceof CreateIndex c) {
            return replace(schema, IndexRules.add(schema.requireTable(c.table()), c.index()));
        } else if (change instanceof DropIndex c) {
            return dropIndex(schema, c);
        } else if (change instanceof CreateRelation c) {
            return RelationRules.add(schema, c, schema.nextRelationId()).nextVersion();
        } else if (change instanceof DropRelation c) {
            final Relation gone = schema.requireRelation(c.relation());
            return without(schema, gone::equals).nextVersion();
        } else if (change instanceof CreateComposite c) {
            requireFreeTypeName(schema, c.type());
            return addType(schema, SpecResolver.composite(c, schema.types()));
        } else if (change instanceof CreateEnum c) {
            requireFreeTypeName(schema, c.type());
            return addType(schema, SpecResolver.enumeration(c));
        }
        return dropType(schema, (DropType) change);
    }

    /** The schema after several changes, each on top of the one before; one version per change. */
    public static Schema applyAll(final Schema schema, final List<SchemaChange> changes) {
        Schema next = schema;
        for (final SchemaChange change : changes) {
            next = apply(next, change);
        }
        return next;
    }

    private static Schema createTable(final Schema schema, final CreateTable wish) {
        final String name = Names.require("table", wish.table());
        requireFreeTableName(schema, name, null);
        if (schema.tables().size() >= Schema.MAX_TABLES) {
            throw tooMany("tables", Schema.MAX_TABLES);
        }
        wish.groups().keySet().forEach(group -> Names.require("group", group));
        final int id = schema.nextTableId();
        final TableSchema plain = new TableSchema(
                id,
                name,
                FieldEvolution.make(name, wish.fields(), schema.types()),
                wish.groups(),
                wish.maxRows(),
                FieldEvolution.FIRST_ID + wish.fields().size());
        final TableSchema table = IndexRules.addAll(plain, wish.indexes(), wish.fields());
        final Map<String, TableSchema> tables = new LinkedHashMap<>(schema.tables());
        tables.put(name, table);
        return RelationRules.addRefs(schema.withTables(tables, id + 1), name, wish.fields())
                .nextVersion();
    }

    private static Schema dropField(final Schema schema, final DropField drop) {
        final TableSchema before = schema.requireTable(drop.table());
        final Field field = before.requireField(drop.field());
        final Schema free = RelationRules.withoutRef(schema, before, field);
        final TableSchema table = free.requireTable(drop.table());
        RelationRules.checkDropField(free, table, field);
        return replace(free, FieldEvolution.drop(table, drop.field()));
    }

    private static Schema dropTable(final Schema schema, final DropTable drop) {
        final TableSchema table = schema.requireTable(drop.table());
        if (!drop.cascade()) {
            RelationRules.checkDropTable(schema, table);
        }
        final Map<String, TableSchema> tables = new LinkedHashMap<>(schema.tables());
        tables.remove(table.name());
        return without(schema, relation -> relation.touches(table.id()))
                .withTables(tables, schema.nextTableId())
                .nextVersion();
    }

    private static Schema without(final Schema schema, final Predicate<Relation> gone) {
        final List<Relation> kept = new ArrayList<>(schema.relations());
        kept.removeIf(gone);
        return schema.withRelations(kept, schema.nextRelationId());
    }

    private static Schema dropIndex(final Schema schema, final DropIndex drop) {
        final TableSchema table = schema.requireTable(drop.table());
        final IndexSchema gone = IndexRules.require(table, drop.index());
        RelationRules.checkDropIndex(schema, table, gone);
        final List<IndexSchema> kept = new ArrayList<>(table.indexes());
        kept.remove(gone);
        return replace(schema, table.withIndexes(kept));
    }

    private static Schema widenField(final Schema schema, final WidenField widen) {
        final TableSchema table = schema.requireTable(widen.table());
        final TableSchema changed = FieldEvolution.widen(table, widen.field(), widen.newType(), schema.types());
        RelationRules.checkType(schema, changed, changed.requireField(widen.field()));
        return replace(schema, changed);
    }

    private static Schema renameTable(final Schema schema, final RenameTable rename) {
        final TableSchema table = schema.requireTable(rename.table());
        Names.require("table", rename.newName());
        requireFreeTableName(schema, rename.newName(), table.name());
        return replace(schema, table.renamed(rename.newName()));
    }

    /** The schema with the table of the same id replaced, in its place. */
    private static Schema replace(final Schema schema, final TableSchema changed) {
        return schema.withTable(changed).nextVersion();
    }

    /**
     * @param own the name of the table that is renamed, which may be in the way of itself; or null
     */
    private static void requireFreeTableName(final Schema schema, final String name, final String own) {
        final String existing = schema.collidesWith(name);
        if (existing != null && !existing.equals(own)) {
            throw Schema.tableExists(name, existing);
        }
    }

    private static void requireFreeTypeName(final Schema schema, final String name) {
        Names.require("type", name);
        if (schema.types().size() >= Schema.MAX_TYPES) {
            throw tooMany("types", Schema.MAX_TYPES);
        }
        final String folded = Names.fold(name);
        String existing = TypeParser.isBuiltIn(folded) ? folded : null;
        for (final String known : schema.types().keySet()) {
            existing = Names.fold(known).equals(folded) ? known : existing;
        }
        if (existing != null) {
            throw new DbException(
                            ErrorCode.ALREADY_EXISTS,
                            "type exists already: type=" + name + ", existing=" + existing + "; choose another name")
                    .with("type_name", name)
                    .with("existing", existing);
        }
    }

    private static Schema addType(final Schema schema, final FieldType type) {
        final Map<String, FieldType> types = new LinkedHashMap<>(schema.types());
        types.put(type.spelling(), type);
        return schema.withTypes(types).nextVersion();
    }

    private static Schema dropType(final Schema schema, final DropType drop) {
        final FieldType type = schema.requireType(drop.type());
        final List<String> users = TypeUsers.of(type, schema);
        if (!users.isEmpty()) {
            throw new DbException(
                            ErrorCode.CONFLICT,
                            "type is in use: type=" + drop.type() + ", users=" + String.join(", ", users)
                                    + "; drop these first")
                    .with("type_name", drop.type())
                    .with("users", new ArrayList<>(users));
        }
        final Map<String, FieldType> types = new LinkedHashMap<>(schema.types());
        types.remove(drop.type());
        return schema.withTypes(types).nextVersion();
    }

    private static DbException tooMany(final String what, final int limit) {
        return new DbException(ErrorCode.LIMIT_EXCEEDED, "too many " + what + ": limit=" + limit + "; drop some")
                .with("limit", limit);
    }
}
